import { readFileSync } from "node:fs";
import type { ConnectionConfig } from "../config/engine-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type Environment, readPassword } from "./connection-password.js";

/** A connection of a workbook and what it is called there. */
export interface NamedConnection {
  readonly name: string;
  readonly config: ConnectionConfig;
}

/** Where a PostgreSQL, MySQL or MariaDB listens, and as whom to come. */
export interface ServerAddress {
  /** Host name, or the folder (PostgreSQL) or file (MySQL) of a socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  /** False: not encrypted. */
  readonly tls: false | { readonly ca?: Buffer };
}

/** How long a connection may take to stand, and a lock to be waited for, in milliseconds. */
export const connectMilliseconds = 15_000;

/** How long one table may take to read, in seconds, unless the workbook says otherwise. */
const readSeconds = 3600;

/** How long reading one table may take, in seconds. */
export function timeoutSecondsOf({ config }: NamedConnection): number {
  return config.timeoutSeconds ?? readSeconds;
}

/**
 * Completes a connection by what the environment holds. Connects to nothing.
 *
 * @throws InputError if a variable is not set, no user is said, or the file of an authority cannot be read.
 */
export function serverAddress(connection: NamedConnection, environment?: Environment): ServerAddress {
  const { host = "127.0.0.1", port, kind } = connection.config;
  return {
    host,
    port: port ?? (kind === "postgresql" ? 5432 : 3306),
    user: userOf(connection, environment),
    password: passwordOf(connection, environment),
    tls: tlsOf(connection, host),
  };
}

/** Who asks. @throws InputError if the workbook does not say. */
function userOf({ name, config }: NamedConnection, environment: Environment = process.env): string {
  const user = config.userFrom === undefined ? config.user : environment[config.userFrom];
  if (user) return user;
  if (config.userFrom === undefined)
    throw new InputError(
      `loadSources: connections.${name} must say who asks, got no user. Write user: NAME or userFrom: VARIABLE`,
    );
  throw new InputError(
    `loadSources: connections.${name}.userFrom must name an environment variable that is set, got ${config.userFrom}, which is not`,
  );
}

/** The password, if the workbook names a variable. @throws InputError if that is not set. */
function passwordOf({ name, config }: NamedConnection, environment?: Environment): string | undefined {
  return readPassword(`loadSources: connections.${name}`, config.passwordFrom, environment);
}

function tlsOf({ name, config }: NamedConnection, host: string): ServerAddress["tls"] {
  const isNear = /^(?:\/|127\.|localhost$|::1$)/.test(host);
  if (config.tls === "off" || (config.tls === undefined && isNear && config.caFile === undefined))
    return false;
  if (config.caFile === undefined) return {};
  try {
    return { ca: readFileSync(config.caFile) };
  } catch (error) {
    throw new InputError(
      `loadSources: connections.${name}.caFile must be a PEM file that can be read, got ${(error as NodeJS.ErrnoException).code} for ${describeValue(config.caFile)}`,
    );
  }
}
