import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserError, connectBrowser, type Send } from "./browser-pipe.js";

/** A page in a browser without a window. */
export interface HeadlessPage {
  /** Shows a whole HTML document. */
  readonly show: (html: string) => Promise<void>;
  /** Runs a script in the page and hands back what it (or the promise it gives) comes to. */
  readonly evaluate: (script: string) => Promise<unknown>;
  /** Prints the page as it is. */
  readonly print: () => Promise<Buffer>;
}

export interface HeadlessOptions {
  /** Path of a Chromium, Chrome or Edge. */
  readonly browser: string;
  /** For everything together. */
  readonly timeoutSeconds: number;
}

/** No window, no network, no traces: whatever the page would ask for, no name resolves. */
const browserArguments: readonly string[] = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/**
 * Starts a browser without a window, does work in one page of it, and ends it, whatever happens.
 *
 * @throws MachineError if the browser does not start, fails, or takes longer than allowed.
 */
export async function withHeadlessPage<Result>(
  { browser, timeoutSeconds }: HeadlessOptions,
  work: (page: HeadlessPage) => Promise<Result>,
): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), "segbook-headless-"));
  const child = startBrowser(browser, profile);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(browserError(browser, `no answer within ${timeoutSeconds} seconds`)),
      timeoutSeconds * 1000,
    );
  });
  try {
    return await Promise.race([openPage(child, browser).then(work), late]);
  } finally {
    clearTimeout(timer);
    await endBrowser(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function startBrowser(browser: string, profile: string): ChildProcess {
  const isRoot = process.getuid?.() === 0;
  return spawn(
    browser,
    [...browserArguments, ...(isRoot ? ["--no-sandbox"] : []), `--user-data-dir=${profile}`, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"], detached: process.platform !== "win32" },
  );
}

/** A browser is many processes: its whole group goes. */
async function endBrowser(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
  await gone;
}

async function openPage(child: ChildProcess, browser: string): Promise<HeadlessPage> {
  const send = connectBrowser(child, browser);
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const ask: Send = (method, parameters) => send(method, { ...parameters, sessionId });
  const { frameTree } = await ask("Page.getFrameTree");
  const frameId = (frameTree as { readonly frame: { readonly id: string } }).frame.id;
  return {
    async show(html) {
      await ask("Page.setDocumentContent", { frameId, html });
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await ask("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) throw browserError(browser, "a script that failed");
      return (result as { readonly value?: unknown }).value;
    },
    async print() {
      const { data } = await ask("Page.printToPDF", {
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      });
      return Buffer.from(String(data), "base64");
    },
  };
}
