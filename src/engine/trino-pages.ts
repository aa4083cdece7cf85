import { InputError, MachineError } from "../core/errors.js";
import type { CellValue } from "./engine.js";
import type { TrinoServer } from "./trino-address.js";
import { type TrinoFault, trinoError } from "./trino-fault.js";
import { askTrino } from "./trino-http.js";
import { parseExactJson } from "./trino-json.js";
import { decoderOf, type TrinoColumn } from "./trino-values.js";

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
}

/** What the server says each time; statement 200 carries errors as well. */
interface Reply {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: TrinoFault;
  readonly stats?: Readonly<Record<string, unknown>>;
}

/**
 * Runs one statement and yields its rows page by page; most pages are empty. Ending the loop early or an abort cancels it.
 *
 * @throws InputError or MachineError as trinoError and askTrino; MachineError if the statement stands still.
 */
export async function* trinoPages(
  server: TrinoServer,
  sql: string,
  { patience, signal }: { readonly patience: TrinoPatience; readonly signal?: AbortSignal | undefined },
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
  { patience, signal }: { readonly patience: TrinoPatience; readonly signal?: AbortSignal | undefined },
): Promise<Reply> {
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

function readReply({ base }: TrinoServer, text: string): Reply {
  try {
    const reply = parseExactJson(text) as Reply;
    if (typeof reply.id === "string") return reply;
  } catch {
    // Said below.
  }
  throw new InputError(
    `trino: url must be the address of a Trino coordinator, got an answer from ${base.host} that is none of Trino's`,
  );
}

/** Our credentials go to nobody else. */
function sameOrigin({ base }: TrinoServer, uri: string): URL {
  const next = URL.canParse(uri) ? new URL(uri) : undefined;
  if (next?.origin === base.origin) return next;
  throw new InputError(
    `trino: the server must lead us on to ${base.origin}, got ${next?.origin}. Behind a proxy it needs http-server.process-forwarded=true`,
  );
}

/** Throws when a running statement has done nothing for too long; one that waits for its turn may wait. */
function watchStandstill({ base }: TrinoServer, standstill: number): (reply: Reply) => void {
  let last = "";
  let since = performance.now();
  return ({ stats = {}, id }) => {
    const now = performance.now();
    const done = JSON.stringify([
      stats.state,
      stats.cpuTimeMillis,
      stats.processedRows,
      stats.processedBytes,
      stats.physicalInputBytes,
      stats.physicalWrittenBytes,
      stats.completedSplits,
      stats.runningSplits,
    ]);
    if (done !== last || !/^(?:STARTING|RUNNING|FINISHING)$/.test(String(stats.state))) {
      last = done;
      since = now;
    } else if (now - since > standstill)
      throw new MachineError(
        `trino: the workers of ${base.host} must get on with the statement, got a standstill of ${Math.round(standstill / 1000)} s. A worker may be dead, query ${id}`,
      );
  };
}
