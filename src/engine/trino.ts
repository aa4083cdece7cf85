import type { Environment } from "./connection-password.js";
import type { Engine, QueryColumn } from "./engine.js";
import { type TrinoAddress, trinoServer } from "./trino-address.js";
import { readTrinoRows, type TrinoPage, trinoPages } from "./trino-pages.js";
import { columnOfValues, joinColumns } from "./trino-values.js";

/** Where Trino is and how long to wait for it. */
export interface OpenTrinoOptions extends TrinoAddress {
  /** Cancels the statement that runs, on the cluster as well, and refuses later ones. */
  readonly signal?: AbortSignal;
  /** Seconds that the coordinator may be silent or busy; default 25. */
  readonly silenceSeconds?: number;
  /** Seconds that a running statement may stand still, as it does when a worker dies; default 45. */
  readonly standstillSeconds?: number;
  /** Seconds from one look at the workers to the next while a statement runs; default 8. A lost one is silent for three. */
  readonly lookSeconds?: number;
  /** Default: that of the process. */
  readonly environment?: Environment;
}

/** A Trino cluster as an engine. One statement at a time and per call; a `;` at its end is left out. */
export interface TrinoEngine extends Engine {
  readonly dialect: "trino";
  /** Yields rows page by page, in the order in which they come, so that memory is one page. Ending the loop cancels. */
  pages(sql: string): AsyncGenerator<TrinoPage, void, void>;
}

/**
 * Opens a Trino cluster over HTTP. Asks nothing until the first statement.
 *
 * BIGINT is exact; decimals, dates and times come as text, NaN and infinities as numbers. Lost connections and the statuses 502,
 * 503 and 504 are borne for `silenceSeconds`.
 *
 * @throws InputError if the address is none, holds a password or would send one unencrypted.
 */
export function openTrino(options: OpenTrinoOptions): TrinoEngine {
  const { silenceSeconds = 25, standstillSeconds = 45, lookSeconds = 8, environment } = options;
  const server = trinoServer(options, environment);
  const closed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closed.signal]) : closed.signal;
  const patience = {
    silence: silenceSeconds * 1000,
    standstill: standstillSeconds * 1000,
    look: lookSeconds * 1000,
  };
  const seen = new Set<string>();
  const pages = (sql: string): AsyncGenerator<TrinoPage, void, void> =>
    trinoPages(server, sql, { patience, signal, seen });
  let last: Promise<unknown> = Promise.resolve();
  function queue<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }
  return {
    dialect: "trino",
    pages,
    run: (sql) =>
      queue(async () => {
        for await (const _ of pages(sql));
      }),
    rows: (sql) => queue(() => readTrinoRows(pages(sql))),
    columns: (sql) => queue(() => readColumns(pages(sql))),
    close: () => {
      closed.abort();
      server.agent.destroy();
    },
  };
}

/** Keeps pages as columns, since numbers take a tenth of the room in them. */
async function readColumns(pages: AsyncIterable<TrinoPage>): Promise<readonly QueryColumn[]> {
  const pieces: QueryColumn[][] = [];
  for await (const { columns, rows } of pages) {
    columns?.forEach((column, j) => {
      const values = rows.map((row) => row[j]!);
      pieces[j] ??= [];
      if (rows.length > 0 || pieces[j].length === 0) pieces[j].push(columnOfValues(column, values));
    });
  }
  return pieces.map(joinColumns);
}
