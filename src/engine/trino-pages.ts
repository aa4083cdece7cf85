import type { CellValue, QueryRow } from "./engine.js";
import type { TrinoServer } from "./trino-address.js";
import { trinoError } from "./trino-fault.js";
import { askTrino } from "./trino-http.js";
import { readReply, sameOrigin, type TrinoReply, watchStandstill } from "./trino-reply.js";
import { decoderOf, type TrinoColumn } from "./trino-values.js";
import { type TrinoQueryInfo, watchWorkers } from "./trino-workers.js";

/** Some rows of an answer. */
export interface TrinoPage {
  /** Undefined until the server knows them. */
  readonly columns: readonly TrinoColumn[] | undefined;
  readonly rows: readonly (readonly CellValue[])[];
}

/** How long to wait for a server, in milliseconds. */
export interface TrinoPatience {
  /** Most that the server may be silent or busy. */
  readonly silence: number;
  /** Most that a running statement may stand still: as long as a dead worker goes unnoticed. */
  readonly standstill: number;
  /** From one look at the workers to the next. */
  readonly look: number;
}

interface PagesOptions {
  readonly patience: TrinoPatience;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one statement and yields its rows page by page; most pages are empty. Ending the loop early or an abort cancels it.
 *
 * @param options - `seen`: workers that earlier statements saw.
 * @throws InputError or MachineError as trinoError and askTrino; MachineError if the statement stands still or a worker that
 * works on it goes away.
 */
export async function* trinoPages(
  server: TrinoServer,
  sql: string,
  { patience, signal, seen }: PagesOptions & { readonly seen: Set<string> },
): AsyncGenerator<TrinoPage, void, void> {
  const watch = watchWorkers(
    {
      rows: (question, until) => readTrinoRows(pagesOf(server, question, { patience, signal: until })),
      queryInfo: (id, until) => readQueryInfo(server, id, { patience, signal: until }),
    },
    { host: server.base.host, interval: patience.look, seen },
  );
  try {
    const either = signal ? AbortSignal.any([signal, watch.signal]) : watch.signal;
    yield* pagesOf(server, sql, { patience, signal: either, onRunning: watch.begin });
  } finally {
    watch.stop();
  }
}

/** All rows of the pages, by name. */
export async function readTrinoRows(pages: AsyncIterable<TrinoPage>): Promise<readonly QueryRow[]> {
  const found: QueryRow[] = [];
  for await (const { columns = [], rows } of pages)
    for (const row of rows) found.push(new Map(row.map((value, j) => [columns[j]!.name, value])));
  return found;
}

async function readQueryInfo(
  server: TrinoServer,
  id: string,
  { patience, signal }: PagesOptions,
): Promise<TrinoQueryInfo> {
  const url = new URL(`/v1/query/${encodeURIComponent(id)}`, server.base);
  const asking = { method: "GET", url, mayRepeat: true, patience: patience.silence, signal } as const;
  return JSON.parse(await askTrino(server, asking)) as TrinoQueryInfo;
}

/** @param options - `onRunning`: called each time the statement is seen to run. */
async function* pagesOf(
  server: TrinoServer,
  sql: string,
  { patience, signal, onRunning }: PagesOptions & { readonly onRunning?: (id: string) => void },
): AsyncGenerator<TrinoPage, void, void> {
  const still = watchStandstill(server, patience.standstill);
  let next: URL | undefined;
  let columns: readonly TrinoColumn[] | undefined;
  let decoders: readonly ((value: unknown) => CellValue)[] = [];
  try {
    let reply = await begin(server, sql, { patience, signal });
    for (;;) {
      next = reply.nextUri === undefined ? undefined : sameOrigin(server, reply.nextUri);
      if (reply.error !== undefined) {
        next = undefined;
        throw trinoError(reply.error, reply.id);
      }
      if (columns === undefined && reply.columns !== undefined) {
        columns = reply.columns;
        decoders = columns.map(decoderOf);
      }
      const rows = (reply.data ?? []).map((row) => row.map((value, j) => decoders[j]!(value)));
      yield { columns, rows };
      if (next === undefined) return;
      still(reply);
      if (/^(?:STARTING|RUNNING)$/.test(String(reply.stats?.state))) onRunning?.(reply.id);
      const text = await askTrino(server, {
        method: "GET",
        url: next,
        mayRepeat: true,
        patience: patience.silence,
        signal,
      });
      reply = readReply(server, text);
    }
  } finally {
    if (next !== undefined) await cancel(server, next);
  }
}

/** Sends the statement. An abort waits a moment for the answer, for only that says how to cancel. */
async function begin(
  server: TrinoServer,
  sql: string,
  { patience, signal }: PagesOptions,
): Promise<TrinoReply> {
  signal?.throwIfAborted();
  const statement = sql.replace(/[\s;]+$/, "");
  const posted = askTrino(server, {
    method: "POST",
    url: new URL("/v1/statement", server.base),
    body: statement,
    // A statement that writes might be carried out twice.
    mayRepeat: /^\s*(?:SELECT|WITH|SHOW|DESCRIBE|VALUES)\b/i.test(statement),
    patience: patience.silence,
  }).then((text) => readReply(server, text));
  let onAbort = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  const reply = await Promise.race([posted, aborted]).finally(() =>
    signal?.removeEventListener("abort", onAbort),
  );
  if (reply !== undefined) return reply;
  await Promise.race([
    posted.then(
      async ({ nextUri }) => nextUri && (await cancel(server, sameOrigin(server, nextUri))),
      () => undefined,
    ),
    new Promise((resolve) => setTimeout(resolve, cancelMilliseconds).unref()),
  ]);
  throw signal?.reason;
}

const cancelMilliseconds = 2500;

/** Tells the server that nobody waits any more. If it cannot be told it finds out by itself. */
async function cancel(server: TrinoServer, url: URL): Promise<void> {
  const request = { method: "DELETE", url, mayRepeat: false, patience: cancelMilliseconds } as const;
  await askTrino(server, request).catch(() => undefined);
}
