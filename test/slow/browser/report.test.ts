import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { renderReport } from "#src/report/render-report.js";
import { madeReport } from "../../report/made-report.js";

/** A report made elsewhere can be examined in place of the made-up one: `SEGBOOK_REPORT=reports/…/index.html`. */
const given = process.env.SEGBOOK_REPORT;
const executablePath = process.env.SEGBOOK_CHROMIUM ?? "/usr/bin/chromium";
const skip =
  existsSync(executablePath) || process.env.CI === "true"
    ? false
    : "no Chromium here: apt-get install chromium, or name one in SEGBOOK_CHROMIUM";

const folder = mkdtempSync(join(tmpdir(), "segbook-browser-"));
const file = given ?? join(folder, "index.html");
let browser: Browser;

before(async () => {
  if (skip) return;
  if (given === undefined) writeFileSync(file, renderReport(madeReport()));
  browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** What a page said and asked for while it was open. */
interface Visit {
  readonly page: Page;
  readonly complaints: string[];
}

async function visit(options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !/^(?:data|blob):/.test(url)) complaints.push(`request: ${url}`);
  });
  await page.addInitScript(
    'addEventListener("securitypolicyviolation", (event) => console.error("policy", event.violatedDirective))',
  );
  await page.goto(address);
  return { page, complaints };
}

/** Scrolls past every figure, as a reader does, so that the lazy ones are drawn. */
async function readThrough(page: Page): Promise<void> {
  for (const plot of await page.locator(".plot").all()) {
    await plot.scrollIntoViewIfNeeded();
    await plot.locator(".main-svg").first().waitFor({ timeout: 10_000 });
  }
}

for (const width of [390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px in ${colorScheme} every figure is drawn, nothing is asked for, nothing complains, nothing sticks out`, {
      skip,
    }, async () => {
      const { page, complaints } = await visit({ viewport: { width, height: 844 }, colorScheme });
      await readThrough(page);
      const plots = await page.locator(".plot").count();
      assert.ok(plots > 0);
      assert.equal(await page.locator(".plot:has(.main-svg)").count(), plots);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
}

test("every figure has marks in it, not only axes", { skip }, async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  await readThrough(page);
  const marks = ".trace path, .trace rect, .hm image, .point path, .points path, .js-line, .fills path";
  const empty = await page
    .locator("figure:has(.plot)")
    .evaluateAll(
      (all, selector) => all.filter((one) => !one.querySelector(selector)).map((one) => one.id),
      marks,
    );
  assert.deepEqual(empty, []);
  await page.context().close();
});

test("figures change colour with the page", { skip }, async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  await readThrough(page);
  const ink = 'getComputedStyle(document.querySelector(".plot .xtick text")).fill';
  assert.equal(await page.evaluate(ink), "rgb(31, 35, 40)");
  await page.emulateMedia({ colorScheme: "dark" });
  for (let i = 0; i < 50 && (await page.evaluate(ink)) === "rgb(31, 35, 40)"; i++)
    await page.waitForTimeout(100);
  assert.equal(await page.evaluate(ink), "rgb(232, 234, 237)");
  await page.context().close();
});

test("with scripts off the cards, the tables and still pictures remain", { skip }, async () => {
  const { page, complaints } = await visit({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  assert.ok((await page.locator(".card").count()) > 0);
  assert.ok(await page.locator(".card h3").first().isVisible());
  assert.ok(await page.locator("#method table").first().isVisible());
  const figures = await page.locator("figure").count();
  assert.equal(await page.locator("figure img.segbook-picture:visible").count(), figures);
  await page.locator(".segbook-twin summary").first().click();
  assert.ok(await page.locator(".segbook-twin table").first().isVisible());
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a keyboard reaches the segments first, the verdict words, and the code", { skip }, async () => {
  const { page } = await visit({ viewport: { width: 1440, height: 900 } });
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate('document.activeElement.getAttribute("href")'), "#segments");
  const chip = page.locator(".chip").first();
  await chip.focus();
  assert.ok(await page.locator(".words").first().isVisible());
  await page.locator(".all-code").focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("details.code pre").first().isVisible());
  await page.context().close();
});

test("on paper every figure is drawn in light colours and none is cut", { skip }, async () => {
  const { page, complaints } = await visit({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.ok(pdf.length > 10_000);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  const plots = await page.locator(".plot").count();
  assert.equal(await page.locator(".plot:has(.main-svg)").count(), plots);
  const widths = await page
    .locator(".plot .main-svg")
    .evaluateAll((all) => all.map((svg) => svg.clientWidth));
  assert.ok(Math.max(...widths) <= 657, "wider than the text of an A4 page");
  assert.equal(await page.locator("details.code:visible").count(), 0);
  assert.deepEqual(complaints, []);
  await page.context().close();
});
