// How long the pages of a record take and what they weigh: `CHANCERY=… node speed.mjs RECORD`.
// Each page is asked for once when the room has kept nothing (it forgets its pages when the file's time changes) and then
// four times more; the middle of these is given. Ends with an error where a page passes a limit: 150 ms for the first screen, 300 ms for others, 500 kB.
import { chromium } from "playwright-core";
import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { launch, open } from "./room.mjs";

const program = process.env.CHANCERY ?? "../../target/release/chancery";
const [record] = process.argv.slice(2);
if (!record) {
  console.error("node speed.mjs RECORD: a record to measure; tools/pile.py makes reports for a large one");
  process.exit(2);
}
const room = await open(program, record);
const get = async (path) => {
  const from = performance.now();
  const answer = await fetch(new URL(path, room.base));
  const body = await answer.text();
  return { ms: performance.now() - from, bytes: Buffer.byteLength(body), status: answer.status, body };
};
const list = async (name) => (await get(`/data/${name}.json`)).body;
const first = (text, key) => JSON.parse(text).at(0)?.[key];
// The busiest thing of each kind.
const actor = first(await list("actors"), "id");
const place = first(await list("places"), "id");
const outlet = encodeURIComponent(first(await list("outlets"), "name"));
const series = first(await list("series"), "id");
const report = first(await list("reports"), "id");
const events = JSON.parse(await list("events"));
const event = events.reduce((a, b) => (b.reports > a.reports ? b : a)).id;
const statement = /\/statement\/[0-9a-f]+/.exec((await get("/statements")).body)[0];
const middle = events[Math.floor(events.length / 2)].date_lo?.slice(0, 4) ?? "2000";
const paths = ["/", `/?from=${middle}-01-01&to=${middle}-03-31`, `/?actor=${actor}`, "/disagreements", "/events",
  `/events?actor=${actor}`, "/statements?act=deny", "/series", `/series/${series}`, "/actors", `/actor/${actor}`, "/places",
  `/place/${place}`, "/network", "/network?kind=accused", "/reports", `/report/${report}`, `/event/${event}`, statement,
  "/outlets", `/outlet/${outlet}`, "/origins", "/search?q=truce", "/review", "/review?kind=figures",
  "/review?kind=merges", "/tables"];
const assets = (await Promise.all(["/assets/style.css", "/assets/room.js", "/assets/icon.svg"].map(get)))
  .reduce((n, a) => n + a.bytes, 0);
/** Processor time of the room so far in ms, which a busy machine does not change; only Linux tells. */
const cpu = () => {
  try {
    const tasks = `/proc/${room.pid}/task`;
    return readdirSync(tasks).reduce((n, t) => n + Number(readFileSync(`${tasks}/${t}/schedstat`, "utf8").split(" ")[0]), 0) / 1e6;
  } catch {
    return NaN;
  }
};
let over = 0;
console.log(`page${" ".repeat(40)}first ms   cpu ms  again ms      kB`);
for (const path of paths) {
  utimesSync(record, new Date(), new Date());
  const before = cpu();
  const cold = await get(path);
  const work = cpu() - before;
  const again = [];
  for (let n = 0; n < 4; n += 1) again.push((await get(path)).ms);
  again.sort((a, b) => a - b);
  const kb = (cold.bytes + assets) / 1000;
  const limit = path === "/" ? 150 : 300;
  const bad = cold.status !== 200 || cold.ms > limit || kb > 500;
  over += bad ? 1 : 0;
  console.log(`${path.slice(0, 42).padEnd(44)}${cold.ms.toFixed(0).padStart(8)}${work.toFixed(0).padStart(9)}${again[1].toFixed(0).padStart(10)}${kb.toFixed(0).padStart(8)}${bad ? "  OVER" : ""}`);
}
// What a person waits for: from the address to a loaded page, in a browser that has kept nothing.
const browser = await launch(chromium);
const shown = [];
for (let n = 0; n < 7; n += 1) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(room.base, { waitUntil: "load" });
  shown.push(await page.evaluate(async () => {
    await new Promise((done) => setTimeout(done));
    return performance.getEntriesByType("navigation")[0].loadEventEnd;
  }));
}
shown.sort((a, b) => a - b);
console.log(`first screen loaded in Chromium: ${shown[3].toFixed(0)} ms (middle of ${shown.length}; ${shown.map((s) => s.toFixed(0)).join(", ")})`);
await browser.close();
room.close();
process.exit(over ? 1 : 0);
