import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { ReportInput } from "#src/report/report-input.js";
import { writeReport } from "#src/report/write-report.js";
import { foreignNotebook } from "../../report/foreign-notebook.js";
import { openReport, readThrough, seriousFaults, skip, startBrowser } from "./open-report.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-own-"));
const file = join(folder, "own.html");
const pdf = join(folder, "own.pdf");
const figures = 4;
let browser: Browser;

const input: ReportInput = {
  title: "Where do spring buyers come from?",
  kind: "notebooks",
  notebooks: [{ fileName: "spring.ipynb", notebook: foreignNotebook() }],
  run: { parameters: [], inputs: [], versions: [] },
  files: [],
};

before(async () => {
  if (skip) return;
  const written = await writeReport(file, input, { environment: process.env, pdf });
  assert.deepEqual(written.unshown, []);
  assert.equal(written.lack, undefined);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

for (const width of [390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`people's own figures, a sankey, a radar, a cloud and a table, are drawn at ${width} px in ${colorScheme} without a complaint`, {
      skip,
    }, async () => {
      const { page, complaints, close } = await openReport(browser, file, {
        viewport: { width, height: 844 },
        colorScheme,
      });
      await readThrough(page);
      assert.equal(await page.locator(".plot[data-drawn=yes]").count(), figures);
      assert.ok((await page.locator(".sankey-link").count()) > 0);
      assert.ok((await page.locator(".plot canvas").count()) > 0);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      assert.deepEqual(await seriousFaults(page), []);
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}

test("formulas are drawn by the browser itself", { skip }, async () => {
  const { page, close } = await openReport(browser, file, { viewport: { width: 1440, height: 900 } });
  const height = await page
    .locator("mfrac")
    .first()
    .evaluate((one) => one.getBoundingClientRect().height);
  assert.ok(height > 15, `${height} pixels`);
  await close();
});

test("with scripts off every figure has a still picture and its numbers", { skip }, async () => {
  const { page, close } = await openReport(browser, file, {
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const stills = page.locator("figure img.segbook-picture:visible");
  assert.equal(await stills.count(), figures);
  const widths = await stills.evaluateAll((all) =>
    all.map((one) => Number(Reflect.get(one, "naturalWidth"))),
  );
  assert.ok(Math.min(...widths) >= 720, widths.join());
  assert.equal(await page.locator(".segbook-twin").count(), figures);
  await close();
});

test("the PDF has pages, a title for every part, and no code", { skip }, () => {
  const text = readFileSync(pdf, "latin1");
  assert.match(text, /^%PDF-/);
  assert.ok((text.match(/\/Type \/Page\b/g) ?? []).length >= 3);
  assert.match(text, /\/Outlines/);
});

test("a second browser draws the same still pictures", { skip }, async () => {
  const again = join(folder, "again.html");
  await writeReport(again, input, { environment: process.env });
  assert.ok(readFileSync(again).equals(readFileSync(file)));
});
