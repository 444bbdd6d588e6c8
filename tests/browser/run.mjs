// The reading room in a real Chromium, on a record of the bundled reports.
// CHANCERY: the program; CHROMIUM: the browser, else the system's. Screenshots go to tests/output/.
import { chromium } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { launch, open } from "./room.mjs";

const program = process.env.CHANCERY ?? "../../target/debug/chancery";
const shots = new URL("../output/", import.meta.url).pathname;
mkdirSync(shots, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "chancery-"));
const record = join(folder, "story.db");
const demo = spawnSync(program, ["demo", "-q", "-o", folder]);
assert.equal(demo.status, 0, `the demo failed: ${demo.stderr}`);
const room = await open(program, record);
const browser = await launch(chromium);
let failed = 0;
try {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  page.on("pageerror", (e) => errors.push(String(e)));
  page.on("request", (r) => {
    if (!r.url().startsWith(room.base) && !r.url().startsWith("data:")) errors.push(`a request to ${r.url()}`);
  });
  const go = (path) => page.goto(new URL(path, room.base).href);
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
  const count = (selector) => page.locator(selector).count();
  const narrow = async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  };

  await check("first screen", async () => {
    await go("/");
    assert.match(await page.textContent("h1"), /^23 reports, \d+ origins, \d+ outlets, from/);
    assert.deepEqual(await page.locator("section").evaluateAll((s) => s.map((x) => x.id)),
      ["story", "disagreements", "timeline", "figures", "voices", "needs"]);
    assert.ok(await count("#story ol.days li .words a") > 4, "the story has no days");
    assert.ok(await count(".side mark") > 0);
    assert.ok(await count("svg.timeline .dot:not(.s-said)") > 10, "no events on the timeline");
    assert.ok(await count("svg.timeline .s-said") > 10, "no statements on the timeline");
    assert.ok(await count("svg.timeline .dot.hollow") > 0, "no day that was worked out");
    assert.ok(await count("svg.timeline rect.dot") > 0, "no range");
    assert.ok(await count("svg.figures .point") > 5);
    assert.ok(await count("#voices tbody a[href*='relay=']") > 0, "nobody passes anything on");
    assert.equal(await count("#needs li"), 3);
  });
  await check("filter", async () => {
    await go("/");
    const before = await count("svg.timeline a");
    await page.selectOption("#timeline select[name=status]", "planned");
    await page.click("#timeline form.filter button");
    const after = await count("svg.timeline a");
    assert.ok(after > 0 && after < before, `${before} before, ${after} after`);
    assert.equal(await count("svg.timeline .s-said"), 0, "statements have no status");
    await go("/");
    await page.fill("#timeline input[name=actor]", "Norway");
    await page.press("#timeline input[name=actor]", "Enter");
    const norway = await count("svg.timeline a");
    assert.ok(norway > 0 && norway < before, `${norway} with Norway`);
  });
  await check("zoom", async () => {
    await go("/");
    const days = async () => Number(await page.getAttribute("svg.timeline", "data-days"));
    const whole = await days();
    await page.click("nav.zoom >> text=Zoom in");
    assert.ok(await days() < whole);
    await go("/");
    await page.locator("svg.timeline").scrollIntoViewIfNeeded();
    const box = await page.locator("svg.timeline").boundingBox();
    const y = box.y + 12;
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, y, { steps: 4 });
    await Promise.all([page.waitForURL(/from=/), page.mouse.up()]);
    assert.ok(await days() < whole / 4, `${await days()} of ${whole}`);
  });
  await check("evidence", async () => {
    await go("/reports");
    await page.locator("tbody a[href^='/report/']").nth(4).click();
    await page.locator(".m.t-statements").first().hover();
    assert.equal(await count(".fact.lit"), 1);
    await page.locator(".fact p a").first().hover();
    assert.ok(await count(".m.lit") > 0);
    assert.ok(await count(".removed") > 0 && await count(".label") > 0, "no removed block is labelled");
  });
  await check("search", async () => {
    await go("/");
    await page.fill(".find input", "truce");
    await page.press(".find input", "Enter");
    const before = await count(".hits mark");
    assert.ok(before > 0);
    await page.selectOption("select[name=outlet]", "Nordhavn Post");
    await page.click("form.filter button");
    const after = await count(".hits mark");
    assert.ok(after > 0 && after < before, `${before} before, ${after} after`);
    await page.fill("input[name=from]", "2012-01-01");
    await page.click("form.filter button");
    assert.equal(await count(".hits mark"), 0);
  });
  await check("story", async () => {
    await go("/story?days=6");
    assert.equal(await count("ol.days > li"), 6);
    const days = await page.locator("ol.days time").allTextContents();
    assert.deepEqual(days, [...days].sort());
    const first = page.locator("ol.days .words a").first();
    const words = await first.textContent();
    await first.click();
    const target = await page.evaluate(() => document.querySelector(":target")?.id ?? "");
    assert.match(target, /^at\d+$/, "the words are not marked in the report");
    assert.ok((await page.textContent(".text")).includes(words.split(" ").slice(0, 4).join(" ")), "the report has other words");
  });
  await check("disagreements", async () => {
    await go("/disagreements");
    assert.ok(await count(".disagreement .side mark") > 1);
    await page.click(".disagreement >> text=the series");
    assert.ok(await count("tbody tr") > 1);
  });
  await check("map", async () => {
    await go("/places");
    assert.ok(await count("svg.map circle.spot") > 3);
    assert.ok((await page.getAttribute("svg.map path.land", "d")).length > 5000, "no land");
    // The first place of the list that is on the map: not every town has coordinates.
    const first = page.locator("tbody tr", { hasText: "yes" }).first();
    const events = Number(await first.locator("td, th").nth(3).innerText());
    await first.locator("a").first().click();
    assert.equal(await count("svg.map circle.here"), 1);
    // Its page lists as many events as the list of places counts.
    assert.ok(events > 2);
    assert.equal(await count("tbody tr"), events);
  });
  await check("network", async () => {
    await go("/network");
    const all = await count("svg.network .tie");
    assert.ok(all > 0 && await count("svg.network .node") > 1);
    assert.equal(await count("tbody tr"), all);
    await page.click("nav.tabs >> text=pressed");
    assert.ok(await count("svg.network .tie") > 0);
    const last = Number(await page.getAttribute("input[name=a]", "max"));
    await Promise.all([page.waitForURL(/a=/), page.locator("input[name=a]").fill(String(last))]);
    assert.match(page.url(), new RegExp(`a=${last}`));
  });
  await check("event", async () => {
    await go("/events");
    await page.locator("tbody a[href^='/event/']").first().click();
    assert.ok(await count(".statements mark") > 0);
  });
  await check("statement and citations", async () => {
    await go("/statements");
    await page.locator(".statements .words a").first().click();
    assert.ok(await count(".passage mark") > 0);
    assert.ok(await count("ol.chain li") >= 2);
    const cited = async (name) => {
      const href = await page.locator(".cite a", { hasText: name }).first().getAttribute("href");
      return (await page.request.get(new URL(href, room.base).href)).text();
    };
    assert.match(await cited("text"), /SHA-256 [0-9a-f]{64}, code points \d+–\d+/);
    assert.match(await cited("BibTeX"), /^@misc\{/);
    const note = JSON.parse(await cited("annotation"));
    assert.equal(note["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert.ok(note.target.selector.some((s) => s.type === "TextQuoteSelector" && s.exact.length > 0));
  });
  await check("actor", async () => {
    await go("/");
    await page.locator(".voices tbody a").first().click();
    assert.ok(await count(".statements li") > 0);
    assert.ok(await count("#correct form") >= 3);
  });
  await check("outlet", async () => {
    await go("/outlets");
    await page.locator("tbody a").first().click();
    assert.ok(await count("tbody tr") > 1);
  });
  await check("figures", async () => {
    await go("/series");
    await page.locator("tbody a").first().click();
    assert.ok(await count("svg.figures .point") > 1);
    const csv = await (await page.request.get(await page.locator(".data a >> text=CSV").evaluate((a) => a.href))).text();
    assert.ok(csv.split("\r\n").length > 3, csv);
  });
  await check("every figure of the dead", async () => {
    await go("/");
    await page.click("#figures a[href*='measure=killed']");
    assert.ok(await count("tbody tr") > 10);
    assert.match(await page.textContent("tbody"), /nobody named/);
  });
  await check("search for a place", async () => {
    await go("/search?q=Geneva");
    assert.ok(await count("a[href^='/place/']") > 0 && await count("tbody a[href^='/event/']") > 3);
  });
  await check("review and undo", async () => {
    await go("/review");
    const first = () => page.locator(".item .words").first().textContent();
    const words = await first();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("y");
    await page.waitForSelector("#undo");
    assert.notEqual(await first(), words);
    await page.click("nav.tabs >> text=confirmed");
    assert.equal(await first(), words);
    assert.equal(await count(".item.r-confirmed"), 1);
    await page.keyboard.press("u");
    await page.waitForSelector("#undo", { state: "detached" });
    await go("/review");
    assert.equal(await first(), words);
  });
  await check("correct and rebuild", async () => {
    await go("/review?kind=figures");
    const words = await page.locator(".item .words").first().textContent();
    await page.keyboard.press("e");
    await page.locator(".item input[name=low]").first().fill("77");
    await page.locator(".item input[name=high]").first().fill("77");
    await page.locator(".item details button").first().click();
    await page.waitForSelector("#undo");
    // A build from nothing takes the decisions up again.
    const lines = await (await page.request.get(new URL("/decisions.jsonl", room.base).href)).text();
    assert.match(lines, /"action":"set".*"low":77/);
    const rebuilt = spawnSync(program, ["build", "-q", "--no-cache", join(folder, "reports"), "-o", record]);
    assert.ok([0, 3].includes(rebuilt.status), String(rebuilt.stderr));
    await go("/review?kind=figures&state=corrected");
    assert.equal(await page.locator(".item .words").first().textContent(), words);
    assert.match(await page.textContent(".item"), /77/);
    await go("/review?kind=decisions");
    assert.match(await page.textContent("tbody"), /in force/);
    await page.keyboard.press("u");
    await page.waitForSelector("#undo", { state: "detached" });
  });
  await check("dates to settle", async () => {
    await go("/review?kind=dates");
    assert.ok(await count(".item form input[name=date]") > 0);
  });
  for (const [name, path] of [["reports", "/reports"], ["origins", "/origins"], ["actors", "/actors"], ["tables", "/tables"],
    ["possible merges", "/review?kind=merges"], ["nothing there", "/event/none"]]) {
    await check(name, async () => {
      errors.length = 0;
      const answer = await go(path);
      assert.equal(answer.status(), name === "nothing there" ? 404 : 200);
      if (name === "nothing there") errors.length = 0;
    });
  }
  await page.emulateMedia({ colorScheme: "dark" });
  for (const [name, path] of [["dark first screen", "/"], ["dark network", "/network"], ["dark review", "/review"]]) {
    await check(name, () => go(path));
  }
  await page.emulateMedia({ colorScheme: "light", media: "print" });
  await check("print", async () => {
    await go("/");
    assert.equal(await page.locator(".top").isVisible(), false);
    assert.ok(await page.locator("svg.timeline").isVisible());
  });
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [name, path] of [["phone", "/"], ["phone review", "/review"], ["phone network", "/network"], ["phone places", "/places"],
    ["phone events", "/events"], ["phone search", "/search?q=truce"]]) {
    await check(name, async () => {
      await go(path);
      await narrow();
    });
  }
  await check("phone tables", async () => {
    await go("/figures");
    // No cell lies outside the screen, and each but the first says which column it is of.
    const cells = await page.locator(".wide td").evaluateAll((all) => all.filter((c) => c.textContent.trim()).map((c) =>
      [c.getBoundingClientRect().right <= window.innerWidth, c.cellIndex === 0 || !!c.dataset.label]));
    assert.ok(cells.length > 100 && cells.every(([inside, named]) => inside && named), `${cells.length} cells`);
  });
  for (const list of ["events", "actors", "reports"]) {
    await check(`phone ${list.slice(0, -1)} page`, async () => {
      const rows = await (await fetch(new URL(`/data/${list}.json`, room.base))).json();
      const busiest = rows.reduce((a, b) => ((b.reports ?? 0) > (a.reports ?? 0) ? b : a));
      await go(`/${list.slice(0, -1)}/${busiest.id}`);
      await narrow();
    });
  }

  // Reading needs no script.
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  for (const path of ["/", "/network", "/places", "/search?q=truce"]) {
    await still.goto(new URL(path, room.base).href);
    const drawn = await still.locator("svg a, .hits li").count();
    if (drawn === 0) {
      failed += 1;
      console.error(`FAILED  without a script: ${path} shows nothing`);
    }
  }
  console.log("ok      without a script");
} finally {
  await browser.close();
  room.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
