import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { renderReport } from "#src/report/render-report.js";
import { madeReport } from "../../report/made-report.js";
import { openReport, readThrough, seriousFaults, skip, startBrowser, type Visit } from "./open-report.js";

/** A report made elsewhere can be examined in place of the made-up one: `SEGBOOK_REPORT=reports/…/index.html`. */
const given = process.env.SEGBOOK_REPORT;
const folder = mkdtempSync(join(tmpdir(), "segbook-browser-"));
const file = given ?? join(folder, "index.html");
let browser: Browser;

before(async () => {
  if (skip) return;
  if (given === undefined) writeFileSync(file, renderReport(madeReport()));
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

function visit(options: BrowserContextOptions): Promise<Visit> {
  return openReport(browser, file, options);
}

for (const width of [390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px in ${colorScheme} every figure is drawn, nothing is asked for, nothing complains, nothing sticks out`, {
      skip,
    }, async () => {
      const { page, complaints, close } = await visit({ viewport: { width, height: 844 }, colorScheme });
      await readThrough(page);
      const plots = await page.locator(".plot").count();
      assert.ok(plots > 0);
      assert.equal(await page.locator(".plot:has(.main-svg)").count(), plots);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      assert.deepEqual(complaints, []);
      await close();
    });

    test(`at ${width} px in ${colorScheme} axe-core finds no serious fault`, { skip }, async () => {
      const { page, close } = await visit({ viewport: { width, height: 844 }, colorScheme });
      await readThrough(page);
      assert.deepEqual(await seriousFaults(page), []);
      await close();
    });
  }
}

test("the first figure is drawn within 1.5 seconds of opening", { skip }, async () => {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const { page, close } = await visit({ viewport: { width: 1440, height: 900 } });
    await page.locator("html[data-first-drawn]").waitFor();
    times.push(Number(await page.evaluate("document.documentElement.dataset.firstDrawn")));
    await close();
  }
  assert.ok(Math.min(...times) < 1500, `milliseconds: ${times.join(", ")}`);
});

test("every figure has marks in it, not only axes", { skip }, async () => {
  const { page, close } = await visit({ viewport: { width: 1440, height: 900 } });
  await readThrough(page);
  const marks = ".trace path, .trace rect, .hm image, .point path, .points path, .js-line, .fills path";
  const empty = await page
    .locator("figure:has(.plot)")
    .evaluateAll(
      (all, selector) => all.filter((one) => !one.querySelector(selector)).map((one) => one.id),
      marks,
    );
  assert.deepEqual(empty, []);
  await close();
});

test("figures change colour with the page", { skip }, async () => {
  const { page, close } = await visit({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  await readThrough(page);
  const ink = 'getComputedStyle(document.querySelector(".plot .xtick text")).fill';
  assert.equal(await page.evaluate(ink), "rgb(31, 35, 40)");
  await page.emulateMedia({ colorScheme: "dark" });
  for (let i = 0; i < 50 && (await page.evaluate(ink)) === "rgb(31, 35, 40)"; i++)
    await page.waitForTimeout(100);
  assert.equal(await page.evaluate(ink), "rgb(232, 234, 237)");
  await close();
});

test("with scripts off the cards, the tables and still pictures remain", { skip }, async () => {
  const { page, complaints, close } = await visit({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  assert.ok((await page.locator(".card").count()) > 0);
  assert.ok(await page.locator(".card h3").first().isVisible());
  assert.ok(await page.locator("#method table").first().isVisible());
  const figures = await page.locator("figure").count();
  assert.equal(await page.locator("figure img.segbook-picture:visible").count(), figures);
  await page.locator(".segbook-twin summary").first().click();
  await page.locator(".segbook-twin table").first().waitFor({ state: "visible" });
  assert.deepEqual(complaints, []);
  await close();
});

test("a keyboard reaches the segments first, the verdict words, and the code", { skip }, async () => {
  const { page, close } = await visit({ viewport: { width: 1440, height: 900 } });
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate('document.activeElement.getAttribute("href")'), "#segments");
  const chip = page.locator(".chip").first();
  await chip.focus();
  await page.locator(".words").first().waitFor({ state: "visible" });
  await page.locator(".all-code").press("Enter");
  await page.locator("details.code:not(.hidden-code) pre").first().waitFor({ state: "visible" });
  await close();
});

test("the contents name what is being read", { skip }, async () => {
  const { page, close } = await visit({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.locator('.contents a[href="#method"]').click();
  await page.locator('.contents a[href="#method"][aria-current]').waitFor();
  assert.equal(await page.locator(".contents a[aria-current]").count(), 1);
  await close();
});

test("at 200 % zoom nothing sticks out", { skip }, async () => {
  const { page, close } = await visit({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
  await readThrough(page);
  assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 640);
  await close();
});

test("on paper every figure is drawn in light colours and none is cut", { skip }, async () => {
  const { page, complaints, close } = await visit({
    viewport: { width: 1440, height: 900 },
    colorScheme: "dark",
  });
  await page.locator("html[data-plotly=ready]").waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(pdf.length > 10_000);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  const plots = await page.locator(".plot").count();
  await page.waitForFunction(
    'document.querySelectorAll(".plot[data-drawn=yes]").length === document.querySelectorAll(".plot").length',
  );
  assert.equal(await page.locator(".plot:has(.main-svg)").count(), plots);
  const widths = await page
    .locator(".plot .main-svg")
    .evaluateAll((all) => all.map((svg) => svg.clientWidth));
  assert.ok(Math.max(...widths) <= 657, "wider than the text of an A4 page");
  assert.equal(await page.locator("details.code:visible").count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});
