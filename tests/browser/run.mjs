// The reading room in a real Chromium, on a record of the bundled reports.
// CHANCERY: the program; CHROMIUM: the browser, else the system's. Screenshots go to tests/output/.
import { chromium } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";

const program = process.env.CHANCERY ?? "../../target/debug/chancery";
const shots = new URL("../output/", import.meta.url).pathname;
mkdirSync(shots, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "chancery-"));
const demo = spawnSync(program, ["demo", "-q", "-o", folder]);
assert.equal(demo.status, 0, `the demo failed: ${demo.stderr}`);
const room = spawn(program, ["serve", "--no-open", "--port", "0", join(folder, "story.db")]);
const base = await new Promise((done, fail) => {
  room.stdout.once("data", (d) => done(String(d).trim()));
  room.once("exit", () => fail(new Error("the room closed at once")));
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let failed = 0;
try {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  page.on("pageerror", (e) => errors.push(String(e)));
  page.on("request", (r) => {
    if (!r.url().startsWith(base) && !r.url().startsWith("data:")) errors.push(`a request to ${r.url()}`);
  });
  const go = (path) => page.goto(new URL(path, base).href);
  const check = async (name, work) => {
    try {
      errors.length = 0;
      await work();
      const axe = await new AxeBuilder({ page }).analyze();
      const serious = axe.violations.filter((v) => ["serious", "critical"].includes(v.impact));
      assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" ")}`), []);
      assert.deepEqual(errors, []);
      console.log(`ok      ${name}`);
    } catch (e) {
      failed += 1;
      console.error(`FAILED  ${name}: ${e.message}`);
    }
    await page.screenshot({ path: `${shots}${name.replaceAll(" ", "-")}.png`, fullPage: true });
  };

  await check("first screen", async () => {
    await go("/");
    assert.match(await page.textContent("h1"), /^23 reports, \d+ origins, \d+ outlets, from/);
    assert.deepEqual(await page.locator("section").evaluateAll((s) => s.map((x) => x.id)),
      ["disagreements", "timeline", "figures", "voices", "needs"]);
    assert.ok(await page.locator(".side mark").count() > 0);
    assert.ok(await page.locator("svg.timeline .dot").count() > 10);
  });
  await check("filter", async () => {
    await go("/");
    const before = await page.locator("svg.timeline .dot").count();
    await page.selectOption("select[name=status]", "planned");
    await page.click("form.filter button");
    const after = await page.locator("svg.timeline .dot").count();
    assert.ok(after > 0 && after < before, `${before} before, ${after} after`);
  });
  await check("evidence", async () => {
    await go("/reports");
    await page.locator("tbody a").nth(4).click();
    await page.locator(".m.t-statements").first().hover();
    assert.equal(await page.locator(".fact.lit").count(), 1);
    await page.locator(".fact p a").first().hover();
    assert.ok(await page.locator(".m.lit").count() > 0);
  });
  await check("search", async () => {
    await go("/");
    await page.fill(".find input", "truce");
    await page.press(".find input", "Enter");
    assert.ok(await page.locator(".hits mark").count() > 0);
  });
  await check("review and undo", async () => {
    await go("/review");
    const words = await page.locator(".item .words").first().textContent();
    await page.keyboard.press("y");
    await page.waitForSelector("#undo");
    assert.match(await page.textContent("main"), /confirm/);
    await page.keyboard.press("u");
    await page.waitForSelector("#undo", { state: "detached" });
    assert.equal(await page.locator(".item .words").first().textContent(), words);
  });
  await check("actor", async () => {
    await go("/");
    await page.locator(".voices dt a").first().click();
    assert.ok(await page.locator(".statements li").count() > 0);
  });
  await page.setViewportSize({ width: 390, height: 800 });
  await check("phone", async () => {
    await go("/");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  });
} finally {
  await browser.close();
  room.kill("SIGINT");
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
