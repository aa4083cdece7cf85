import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "../core/errors.js";
import type { QueryRow } from "./engine.js";

/** Asks the cluster a short question beside the statement that runs. */
export type AskBeside = (sql: string, signal: AbortSignal) => Promise<readonly QueryRow[]>;

/** What {@link watchWorkers} may be told. */
export interface WatchWorkersOptions {
  /** Who is asked, for the message. */
  readonly host: string;
  /** Milliseconds from one look to the next. */
  readonly interval: number;
  /** Workers that earlier statements saw at work; grows, and loses those that left. */
  readonly seen: Set<string>;
}

/** A watch over the workers of a cluster. */
export interface WorkersWatch {
  /** Aborts with a MachineError when a worker has gone. */
  readonly signal: AbortSignal;
  /** Begins to look; again is nothing new. */
  begin(): void;
  stop(): void;
}

/** A statement that is done by then is not watched, once the workers are known. */
const firstMilliseconds = 1000;

/**
 * Watches the workers while a statement runs. Where one dies, the others work on and Trino waits for it for five minutes: the
 * statement does not stand still, and cannot end.
 *
 * A worker has gone when it was active and is not at two looks in a row, unless it was shut down in order or the cluster does
 * lost work again (`retry_policy`). A cluster that does not answer such questions is not judged.
 */
export function watchWorkers(ask: AskBeside, { host, interval, seen }: WatchWorkersOptions): WorkersWatch {
  const lost = new AbortController();
  const stopped = new AbortController();
  let hasBegun = false;
  return {
    signal: lost.signal,
    begin: () => {
      if (!hasBegun) void watch();
      hasBegun = true;
    },
    stop: () => stopped.abort(),
  };

  async function watch(): Promise<void> {
    let missing: ReadonlySet<string> = new Set();
    let wait = seen.size === 0 ? 0 : firstMilliseconds;
    for (; ; wait = missing.size > 0 ? interval / 3 : interval) {
      await pause(wait, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      const states = await readStates();
      if (states === undefined) continue;
      const absent = [...seen].filter((node) => !/^(?:active|shutting_down)$/.test(states.get(node) ?? ""));
      const gone = absent.filter((node) => missing.has(node));
      if (gone.length > 0 && (await isFatal())) {
        for (const node of gone) seen.delete(node);
        const word = gone.length === 1 ? "1 that went away" : `${gone.length} that went away`;
        lost.abort(
          new MachineError(
            `trino: the workers of ${host} must stay until the statement ends, got ${word}. Run again: the others take its work`,
          ),
        );
        return;
      }
      missing = new Set(absent);
      for (const [node, state] of states)
        if (state === "active") seen.add(node);
        else if (state === "shutting_down") seen.delete(node);
    }
  }

  async function readStates(): Promise<ReadonlyMap<string, string> | undefined> {
    const rows = await askShortly("SELECT node_id, state FROM system.runtime.nodes");
    return rows && new Map(rows.map((row) => [String(row.get("node_id")), String(row.get("state"))]));
  }

  async function isFatal(): Promise<boolean> {
    const rows = await askShortly("SHOW SESSION LIKE 'retry\\_policy' ESCAPE '\\'");
    return rows?.some((row) => row.get("Value") === "NONE") ?? false;
  }

  async function askShortly(sql: string): Promise<readonly QueryRow[] | undefined> {
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(interval)]);
    return ask(sql, signal).catch(() => undefined);
  }
}
