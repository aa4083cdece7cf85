import { setTimeout as pause } from "node:timers/promises";
import { MachineError } from "../core/errors.js";
import type { QueryRow } from "./engine.js";

/** What a watch over workers asks beside the statement that runs. */
export interface BesideStatement {
  /** Rows of a short query. */
  readonly rows: (sql: string, signal: AbortSignal) => Promise<readonly QueryRow[]>;
  /** What Trino tells of a statement at `/v1/query`. */
  readonly queryInfo: (id: string, signal: AbortSignal) => Promise<TrinoQueryInfo>;
}

/** Part of what Trino tells of a statement. */
export interface TrinoQueryInfo {
  readonly retryPolicy?: string;
  readonly outputStage?: TrinoStage;
}

interface TrinoStage {
  readonly tasks?: readonly TrinoTask[];
  readonly subStages?: readonly TrinoStage[];
}

interface TrinoTask {
  /** When its worker was last heard of. */
  readonly lastHeartbeat?: string;
  readonly taskStatus?: { readonly taskId?: string; readonly nodeId?: string; readonly state?: string };
}

/** How {@link watchWorkers} looks. */
export interface WatchWorkersOptions {
  /** Who is asked, for the message. */
  readonly host: string;
  /** Milliseconds from one look to the next. */
  readonly interval: number;
  /** Workers that earlier statements saw; grows, and loses those that were lost. */
  readonly seen: Set<string>;
}

/** A watch over the workers of one statement. */
export interface WorkersWatch {
  /** Aborts with a MachineError when a worker has gone that the statement waits for. */
  readonly signal: AbortSignal;
  /** Begins to look; again is nothing new. */
  begin(id: string): void;
  stop(): void;
}

/** A statement that is done by then is not watched. */
const firstMilliseconds = 1000;
/** Intervals for which a worker that left the list must be silent. */
const silentIntervals = 3;

/**
 * Watches the workers while a statement runs. Where one dies the others work on and Trino waits for it for five minutes: the
 * statement does not stand still, and cannot end.
 *
 * A worker is lost that is no longer on the list of active ones and whose unfinished tasks of the statement are not heard of for
 * three intervals. Where the cluster does lost work again (`retry_policy`) nothing is lost. A server that does not tell of tasks
 * is judged by its list; one that tells of neither is not judged.
 */
export function watchWorkers(
  beside: BesideStatement,
  { host, interval, seen }: WatchWorkersOptions,
): WorkersWatch {
  const lost = new AbortController();
  const stopped = new AbortController();
  let hasBegun = false;
  return {
    signal: lost.signal,
    begin: (id) => {
      if (!hasBegun) void watch(id);
      hasBegun = true;
    },
    stop: () => stopped.abort(),
  };

  async function watch(id: string): Promise<void> {
    /** Sign of silence → when it was first read. */
    let silentSince: ReadonlyMap<string, number> = new Map();
    for (let wait = Math.min(firstMilliseconds, interval); ; wait = interval) {
      await pause(wait, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      const gone = await readGone();
      const signs = gone.length === 0 ? [] : await readSigns(id, gone);
      const now = performance.now();
      silentSince = new Map(signs.map((sign) => [sign, silentSince.get(sign) ?? now]));
      if (![...silentSince.values()].some((since) => now - since >= silentIntervals * interval)) continue;
      for (const node of gone) seen.delete(node);
      lost.abort(
        new MachineError(
          `trino: the workers of ${host} must stay until the statement ends, got ${gone.length} that went away (${gone.join(", ")}), query ${id}. Run again: the others take its work`,
        ),
      );
      return;
    }
  }

  /** Workers that were on the list and are not, unless they were shut down in order. */
  async function readGone(): Promise<readonly string[]> {
    const rows = await asked((signal) =>
      beside.rows("SELECT node_id, state FROM system.runtime.nodes", signal),
    );
    if (rows === undefined) return [];
    const states = new Map(rows.map((row) => [String(row.get("node_id")), String(row.get("state"))]));
    for (const [node, state] of states) if (state === "active") seen.add(node);
    return [...seen].filter((node) => !/^(?:active|shutting_down)$/.test(states.get(node) ?? ""));
  }

  /** Texts that stay the same for as long as nothing is heard of a worker that the statement needs. */
  async function readSigns(id: string, gone: readonly string[]): Promise<readonly string[]> {
    const info = await asked((signal) => beside.queryInfo(id, signal));
    if (info?.outputStage === undefined) return gone;
    if (info.retryPolicy !== undefined && info.retryPolicy !== "NONE") return [];
    return tasksOf(info.outputStage)
      .filter(({ taskStatus = {} }) => gone.includes(taskStatus.nodeId ?? "") && !isDone(taskStatus.state))
      .map(({ taskStatus, lastHeartbeat }) => `${taskStatus?.taskId} ${lastHeartbeat}`);
  }

  function asked<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Promise<Answer | undefined> {
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(2 * interval)]);
    return ask(signal).catch(() => undefined);
  }
}

function tasksOf({ tasks = [], subStages = [] }: TrinoStage): readonly TrinoTask[] {
  return [...tasks, ...subStages.flatMap(tasksOf)];
}

function isDone(state = ""): boolean {
  return /^(?:FINISHED|CANCELED|ABORTED|FAILED)$/.test(state);
}
