import { InputError, MachineError } from "../core/errors.js";
import type { TrinoServer } from "./trino-address.js";
import type { TrinoFault } from "./trino-fault.js";
import { parseExactJson } from "./trino-json.js";
import type { TrinoColumn } from "./trino-values.js";

/** What the server says each time; statement 200 carries errors as well. */
export interface TrinoReply {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: TrinoFault;
  readonly stats?: Readonly<Record<string, unknown>>;
}

/** Reads an answer of the server. @throws InputError if it is none of Trino's. */
export function readReply({ base }: TrinoServer, text: string): TrinoReply {
  try {
    const reply = parseExactJson(text) as TrinoReply;
    if (typeof reply.id === "string") return reply;
  } catch {
    // Said below.
  }
  throw new InputError(
    `trino: url must be the address of a Trino coordinator, got an answer from ${base.host} that is none of Trino's`,
  );
}

/** The address that the server leads on to; our credentials go to nobody else. @throws InputError if it is another host. */
export function sameOrigin({ base }: TrinoServer, uri: string): URL {
  const next = URL.canParse(uri) ? new URL(uri) : undefined;
  if (next?.origin === base.origin) return next;
  throw new InputError(
    `trino: the server must lead us on to ${base.origin}, got ${next?.origin}. Behind a proxy it needs http-server.process-forwarded=true`,
  );
}

/** Throws when a running statement has done nothing for too long; one that waits for its turn may wait. */
export function watchStandstill({ base }: TrinoServer, standstill: number): (reply: TrinoReply) => void {
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
