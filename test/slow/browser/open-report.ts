import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const executablePath = process.env.SEGBOOK_CHROMIUM ?? "/usr/bin/chromium";

/** Why the suite cannot run here; false where it can, or must. */
export const skip: string | false =
  existsSync(executablePath) || process.env.CI === "true"
    ? false
    : "no Chromium here: apt-get install chromium, or name one in SEGBOOK_CHROMIUM";

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A report while it is open, and what it said and asked for. */
export interface Visit {
  readonly page: Page;
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

/** Software that stands in for a graphics card says that it is slow; that is not the page's doing. */
const graphicsNote = /GL Driver Message/;

export async function openReport(
  browser: Browser,
  file: string,
  options: BrowserContextOptions,
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => {
    if (!graphicsNote.test(message.text())) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !/^(?:data|blob):/.test(url)) complaints.push(`request: ${url}`);
  });
  await page.addInitScript(
    'addEventListener("securitypolicyviolation", (event) => console.error("policy", event.violatedDirective))',
  );
  await page.addInitScript(`new MutationObserver(() => {
    const root = document.documentElement;
    if (!root.dataset.firstDrawn && document.querySelector(".plot[data-drawn=yes]"))
      root.dataset.firstDrawn = String(Math.round(performance.now()));
  }).observe(document, { subtree: true, attributeFilter: ["data-drawn"] })`);
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

/** Scrolls past every figure, as a reader does, so that the lazy ones are drawn. */
export async function readThrough(page: Page): Promise<void> {
  for (const plot of await page.locator(".plot").all()) {
    await plot.scrollIntoViewIfNeeded();
    await page
      .locator(`#${await plot.evaluate((one) => one.parentElement!.id)} .plot[data-drawn=yes]`)
      .waitFor();
  }
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Faults of a page for people who cannot see, hear or point well, as far as axe-core finds them: serious ones, a line each. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(axe, "utf8"));
  const violations = (await page.evaluate(
    "axe.run(document).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) })))",
  )) as readonly { id: string; impact: string; where: string[] }[];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, where }) => `${impact} ${id}: ${where.join(" | ")}`);
}
