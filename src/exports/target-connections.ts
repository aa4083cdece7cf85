import type { ConnectionConfig, EngineConfig } from "../config/engine-config.js";
import { InputError } from "../core/errors.js";
import type { NamedConnection } from "../engine/connection-address.js";
import type { Environment } from "../engine/connection-password.js";
import { openSpark, type SparkEngine } from "../engine/spark.js";
import { openTrino, type TrinoEngine } from "../engine/trino.js";
import type { TargetTools } from "./target.js";

/** Variables that name a database server, as its own programs know them. */
const variables = {
  postgresql: {
    host: "PGHOST",
    port: "PGPORT",
    user: "PGUSER",
    password: "PGPASSWORD",
    database: "PGDATABASE",
  },
  mysql: {
    host: "MYSQL_HOST",
    port: "MYSQL_TCP_PORT",
    user: "MYSQL_USER",
    password: "MYSQL_PWD",
    database: "MYSQL_DATABASE",
  },
} as const;

const superusers = { postgresql: "postgres", mysql: "root" } as const;

/** Which variables name a server, in a sentence. */
export function howToName(kind: "postgresql" | "mysql"): string {
  return `Set ${Object.values(variables[kind]).join(", ")}, or name it under connections in the workbook`;
}

/**
 * The server that the environment names, else the first of the workbook's connections of that kind; null: nobody named one.
 *
 * @throws InputError if the port is none.
 */
export function serverFor(
  kind: "postgresql" | "mysql",
  { environment, connections = new Map() }: TargetTools,
): NamedConnection | null {
  const names = variables[kind];
  const host = environment[names.host];
  if (!host) {
    const [named] = [...connections].filter(([, config]) => config.kind === kind);
    return named === undefined ? null : { name: named[0], config: named[1] };
  }
  const user = environment[names.user] ?? superusers[kind];
  const database = environment[names.database] ?? (kind === "postgresql" ? user : undefined);
  const config: ConnectionConfig = {
    kind,
    host,
    user,
    ...(environment[names.port] && { port: portOf(names.port, environment) }),
    ...(database && { database }),
    ...(environment[names.password] && { passwordFrom: names.password }),
  };
  return { name: names.host, config };
}

function portOf(name: string, environment: Environment): number {
  const text = environment[name]!;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InputError(`verifyTargets: ${name} must be a whole number, got ${JSON.stringify(text)}`);
}

/** The Trino that SEGBOOK_TRINO_URL names, else that of the workbook; null: nobody named one. */
export function trinoFor({ environment, connections = new Map(), engine }: TargetTools): TrinoEngine | null {
  const { SEGBOOK_TRINO_URL: url, SEGBOOK_TRINO_USER: user } = environment;
  const named = [...connections.values()].find(({ kind }) => kind === "trino");
  const place = url ? { url } : engine?.kind === "trino" ? engine : named;
  if (place?.url === undefined) return null;
  const passwordFrom = environment.SEGBOOK_TRINO_PASSWORD ? "SEGBOOK_TRINO_PASSWORD" : undefined;
  const {
    passwordFrom: namedPassword = passwordFrom,
    caFile,
    user: namedUser = user,
  }: Partial<ConnectionConfig> = place;
  return openTrino({
    url: place.url,
    environment,
    ...(namedUser && { user: namedUser }),
    ...(namedPassword && { passwordFrom: namedPassword }),
    ...(caFile && { caFile }),
  });
}

/** The Spark that SEGBOOK_SPARK_HOST names, else that of the workbook; null: nobody named one. */
export function sparkFor({ environment, engine }: TargetTools): SparkEngine | null {
  const host = environment.SEGBOOK_SPARK_HOST;
  const place: Extract<EngineConfig, { kind: "spark" }> | undefined = host
    ? {
        kind: "spark",
        host,
        port: environment.SEGBOOK_SPARK_PORT ? portOf("SEGBOOK_SPARK_PORT", environment) : 10_000,
      }
    : engine?.kind === "spark"
      ? engine
      : undefined;
  if (place === undefined) return null;
  const { kind: _, ...address } = place;
  return openSpark({ ...address, environment });
}
