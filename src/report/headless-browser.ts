import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { MachineError } from "../core/errors.js";

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

type Send = (method: string, parameters?: object) => Promise<Readonly<Record<string, unknown>>>;

async function openPage(child: ChildProcess, browser: string): Promise<HeadlessPage> {
  const send = connect(child, browser);
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

/** Speaks the browser's own protocol through two pipes: JSON documents with a zero byte after each. */
function connect(child: ChildProcess, browser: string): Send {
  const [, , , input, output] = child.stdio as unknown as [unknown, unknown, Readable, Writable, Readable];
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const fail = (what: string): void => {
    for (const { reject } of waiting.values()) reject(browserError(browser, what));
    waiting.clear();
    ended ??= what;
  };
  let ended: string | undefined;
  let count = 0;
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => fail(`its end (${signal ?? `exit code ${code}`})`));
  child.stderr?.resume();
  input.on("error", (error) => fail(error.message));
  readDocuments(output, ({ id, result, error }) => {
    const one = waiting.get(Number(id));
    waiting.delete(Number(id));
    if (error) one?.reject(browserError(browser, (error as { readonly message: string }).message));
    else one?.resolve(result as never);
  });
  return (method, parameters = {}) => {
    const { sessionId, ...params } = parameters as { readonly sessionId?: string };
    if (ended !== undefined) return Promise.reject(browserError(browser, ended));
    return new Promise((resolve, reject) => {
      waiting.set(++count, { resolve, reject });
      input.write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`);
    });
  };
}

function readDocuments(
  stream: Readable,
  receive: (document: Readonly<Record<string, unknown>>) => void,
): void {
  let parts: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      parts.push(chunk.subarray(start, end));
      receive(JSON.parse(Buffer.concat(parts).toString("utf8")));
      parts = [];
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  });
}

function browserError(browser: string, what: string): MachineError {
  return new MachineError(`withHeadlessPage: browser must answer, got ${what} at ${browser}`);
}
