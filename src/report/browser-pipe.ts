import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { MachineError } from "../core/errors.js";

/** Sends one command and hands back the browser's answer. */
export type Send = (method: string, parameters?: object) => Promise<Readonly<Record<string, unknown>>>;

/** Speaks the browser's own protocol through two pipes: JSON documents with a zero byte after each. */
export function connectBrowser(child: ChildProcess, browser: string): Send {
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
  // A pipe breaks because its browser ends, which says more.
  input.on("error", () => undefined);
  output.on("error", () => undefined);
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

/** An error of the browser, which is the machine's. */
export function browserError(browser: string, what: string): MachineError {
  return new MachineError(`withHeadlessPage: browser must answer, got ${what} at ${browser}`);
}
