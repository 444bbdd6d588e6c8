// Opens a reading room and a browser for tests and measurements.
import { spawn } from "node:child_process";

/** Serves a record on any free port; `close` ends it. */
export async function open(program, record) {
  const child = spawn(program, ["serve", "--no-open", "--port", "0", record]);
  const base = await new Promise((done, fail) => {
    child.stdout.once("data", (d) => done(String(d).trim()));
    child.once("exit", () => fail(new Error("the room closed at once")));
  });
  return { base, pid: child.pid, close: () => child.kill("SIGINT") };
}

export function launch(chromium) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}
