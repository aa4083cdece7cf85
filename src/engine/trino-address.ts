import { readFileSync } from "node:fs";
import { Agent as PlainAgent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type Environment, readPassword } from "./connection-password.js";

/** Where a Trino listens, and as whom to come. */
export interface TrinoAddress {
  /** Of the coordinator, such as `https://trino.example.org:8443`. */
  readonly url: string;
  /** Default catalog and schema of names without them. */
  readonly catalog?: string;
  readonly schema?: string;
  /** Default: segbook. */
  readonly user?: string;
  /** Environment variable that holds the password; needs https. */
  readonly passwordFrom?: string;
  /** PEM file of the authority that signed the server's certificate; default: those that Node trusts. */
  readonly caFile?: string;
  /** Session properties, such as `query_max_run_time: 10m`. */
  readonly session?: Readonly<Record<string, string>>;
}

/** A Trino server, ready to be asked. */
export interface TrinoServer {
  readonly base: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: PlainAgent;
  readonly password: string | undefined;
}

/**
 * Checks an address and reads the password that it names. Connects to nothing.
 *
 * @throws InputError if the address is no http or https address, holds a password, would send one unencrypted, or names a
 * variable that is not set.
 */
export function trinoServer(address: TrinoAddress, environment?: Environment): TrinoServer {
  const base = checkUrl(address.url);
  const password = readPassword("openTrino", address.passwordFrom, environment);
  if (password !== undefined && base.protocol !== "https:")
    throw new InputError(
      "openTrino: url must begin with https:// where passwordFrom is given, got http://, which anyone on the way could read",
    );
  const agent =
    base.protocol === "https:"
      ? new TlsAgent({ keepAlive: true, ...(address.caFile && { ca: readCa(address.caFile) }) })
      : new PlainAgent({ keepAlive: true });
  return { base, headers: headersOf(address, password), agent, password };
}

function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InputError(
      `openTrino: url must be an address such as https://trino.example.org:8443, got ${describeValue(text.replace(/\/\/[^/]*@/, "//…@"))}`,
    );
  if (url.username || url.password)
    throw new InputError(
      "openTrino: url must hold neither user nor password, got both or one. Say user: NAME and passwordFrom: VARIABLE",
    );
  return url;
}

function readCa(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(
      `openTrino: caFile must be a PEM file that can be read, got ${(error as NodeJS.ErrnoException).code} for ${describeValue(file)}`,
    );
  }
}

function headersOf(address: TrinoAddress, password: string | undefined): Record<string, string> {
  const { user = "segbook", catalog, schema, session = {} } = address;
  const properties = Object.entries(session).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const headers = {
    "User-Agent": "segbook",
    "X-Trino-User": user,
    "X-Trino-Source": "segbook",
    "X-Trino-Time-Zone": "UTC",
    // Without it timestamps are cut to milliseconds.
    "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
    ...(catalog && { "X-Trino-Catalog": catalog }),
    ...(schema && { "X-Trino-Schema": schema }),
    ...(properties.length > 0 && { "X-Trino-Session": properties.join(",") }),
  };
  const unfit = Object.entries(headers).find(([, value]) => /[^\x20-\x7e]/.test(value));
  if (unfit !== undefined)
    throw new InputError(
      `openTrino: user, catalog, schema and session must be printable ASCII, got ${describeValue(unfit[1])}`,
    );
  if (password === undefined) return headers;
  return { ...headers, Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
