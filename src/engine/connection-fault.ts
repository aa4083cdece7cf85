import { InputError, MachineError } from "../core/errors.js";
import type { NamedConnection } from "./connection-address.js";

/** What a driver throws, PostgreSQL's with SQLSTATE as its code. */
interface DriverError {
  readonly code?: string;
  readonly message?: string;
}

const refused: ReadonlySet<string> = new Set([
  "28P01",
  "28000",
  "ER_ACCESS_DENIED_ERROR",
  "ER_ACCESS_DENIED_NO_PASSWORD_ERROR",
]);
const noDatabase: ReadonlySet<string> = new Set(["3D000", "ER_BAD_DB_ERROR", "ER_DBACCESS_DENIED_ERROR"]);
const forbidden: ReadonlySet<string> = new Set([
  "42501",
  "ER_TABLEACCESS_DENIED_ERROR",
  "ER_COLUMNACCESS_DENIED_ERROR",
  "ER_VIEW_INVALID",
]);
const writing: ReadonlySet<string> = new Set(["25006", "ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION"]);
const tooLong: ReadonlySet<string> = new Set([
  "57014",
  "ER_QUERY_TIMEOUT",
  "ER_STATEMENT_TIMEOUT",
  "ER_QUERY_INTERRUPTED",
  "55P03",
  "ER_LOCK_WAIT_TIMEOUT",
]);

/**
 * What a driver throws while a table is read, as our error: only its code is kept, for a driver's words hold hosts, users and values.
 *
 * @param isOpen - Whether the connection already stood.
 */
export function connectionError(
  thrown: unknown,
  { name }: NamedConnection,
  { table, isOpen }: { readonly table: string; readonly isOpen: boolean },
): Error {
  if (thrown instanceof InputError || thrown instanceof MachineError) return thrown;
  const code = codeOf(thrown as DriverError);
  if (refused.has(code))
    return new InputError(
      `loadSources: connections.${name} must hold a user and passwordFrom that the server accepts, got a refusal (${code})`,
    );
  if (noDatabase.has(code))
    return new InputError(
      `loadSources: connections.${name}.database must be one that the user may open, got a refusal (${code})`,
    );
  if (forbidden.has(code))
    return new InputError(
      `loadSources: ${table} must be a table that the user may read, got a refusal (${code})`,
    );
  if (writing.has(code))
    return new InputError(
      `loadSources: ${table} must be a table or view that only reads, got one that writes when it is read (${code})`,
    );
  if (tooLong.has(code))
    return new MachineError(
      `loadSources: ${table} must be read within the time of connections.${name}.timeoutSeconds, got a stop by the server (${code})`,
    );
  if (/CERT|VERIFY|SELF_SIGNED|ALTNAME|EPROTO|SSL|TLS|HANDSHAKE/.test(code))
    return new InputError(
      `loadSources: connections.${name} must lead to a server whose certificate we trust, got ${code}. Name the authority's file with caFile, or say tls: off on a network of your own`,
    );
  if (!isOpen)
    return new InputError(`loadSources: connections.${name} must lead to a server that answers, got ${code}`);
  return new MachineError(
    `loadSources: ${table} must be read to its end, got ${code} in the middle. Look whether the server still runs, and run again`,
  );
}

/** The driver's code; where it has none, which of its own few sentences it said. */
function codeOf({ code, message = "" }: DriverError): string {
  if (code) return code;
  if (/does not support S/i.test(message)) return "TLS_NOT_SUPPORTED";
  if (/timeout|timed out/i.test(message)) return "ETIMEDOUT";
  return "a lost connection";
}
