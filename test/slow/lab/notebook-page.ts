import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { browserScript } from "./browser-script.js";
import type { Jupyter } from "./start-jupyter.js";

/** A notebook in the browser, and everything that went wrong while it was open. */
export interface NotebookPage {
  readonly page: Page;
  /** Errors on the console, and requests to anywhere but the server. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** What a page shows of its notebook. */
export interface PageFacts {
  /** Outputs that hold a plotly figure, and how many figures are drawn. */
  readonly figures: number;
  readonly drawn: number;
  /** Outputs that hold segments, and how many lists of cards there are. */
  readonly overviews: number;
  readonly cardLists: number;
  readonly errors: readonly string[];
  /** Code cells with a source that have not run. */
  readonly notRun: number;
  readonly isDirty: boolean;
  readonly isTrusted: boolean;
  /** Titles of the buttons above figures. */
  readonly buttons: readonly string[];
  readonly refusals: readonly string[];
  /** Outputs with a PNG: Python's plotly extension leaves them behind. */
  readonly pictures: number;
}

/** Notebook 7.6 says this of its own settings, with and without our extension. */
const notebookOwnError = "Cannot read properties of undefined (reading 'schema')";

/** Longest wait for anything in a page; run-all has its own. */
const longest = 60_000;

/** Chromium without anything that asks the network by itself. */
export function startBrowser(): Promise<Browser> {
  const named = process.env.SEGBOOK_CHROMIUM;
  const executablePath = named ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}

/** Opens a notebook, given by its path below the server's root, and waits until its kernel is idle. */
export async function openNotebook(browser: Browser, jupyter: Jupyter, path: string): Promise<NotebookPage> {
  const { host } = new URL(jupyter.address);
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
  await context.addInitScript({ content: browserScript });
  const page = await context.newPage();
  page.setDefaultTimeout(longest);
  const complaints: string[] = [];
  page.on("console", (message) => {
    const { url } = message.location();
    // The server fails now and then to list kernels while one of them ends.
    if (message.type() === "error" && !url.includes("/api/"))
      complaints.push(`console: ${message.text()} ${url}`);
  });
  page.on("pageerror", ({ message }) => {
    if (message !== notebookOwnError) complaints.push(`error: ${message}`);
  });
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (/^(?:http|ws)/.test(asked.protocol) && asked.host !== host)
      complaints.push(`request: ${request.url()}`);
  });
  await page.goto(jupyter.pageOf(path));
  await page.waitForFunction("segbookTest.isReady()");
  const close = async (): Promise<void> => {
    await page.evaluate("segbookTest.panel().sessionContext.shutdown()").catch(() => {});
    await context.close();
  };
  return { page, complaints, close };
}

/** Runs all cells and waits for the end. */
export async function runAll(page: Page): Promise<void> {
  await page.evaluate('jupyterapp.commands.execute("notebook:run-all-cells")');
}

/** What the page shows, once every figure and all cards are there. */
export async function readPage(page: Page): Promise<PageFacts> {
  const isDone =
    "(({ figures, drawn, refusals, overviews, cardLists }) => drawn + refusals.length >= figures && cardLists >= overviews)(segbookTest.facts())";
  await page.waitForFunction(isDone, undefined, { timeout: 15_000 }).catch(() => {});
  return page.evaluate("segbookTest.facts()") as Promise<PageFacts>;
}
