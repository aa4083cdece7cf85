import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Environment } from "#src/engine/connection-password.js";
import type { MadeCertificate } from "./made-certificates.js";

/** Where the server listens, and as whom to come. */
interface PostgresqlConnection {
  /** Folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

interface RunningPostgresql {
  readonly connection: PostgresqlConnection;
  /** Stops the server and removes all that it wrote; safe to call twice. */
  stop(): void;
}

/** PostgreSQL for the tests of one file. */
export interface TestPostgresql {
  /** What a skipped test says; false where PostgreSQL is installed. */
  readonly skip: string | false;
  /** Running from the start. */
  connection(): PostgresqlConnection;
  /** The same as PostgreSQL's own variables. */
  environment(): Environment;
}

const installations = "/usr/lib/postgresql";

/** A server that also listens on loopback and speaks TLS there. */
export interface TlsListening extends Pick<MadeCertificate, "certificate" | "key"> {
  readonly port: number;
}

/** Starts a server for the tests of a file and stops it after them; in CI its absence is a failure, never a skip. */
export function usePostgresql(tls?: TlsListening): TestPostgresql {
  const programs = postgresqlPrograms();
  if (programs === undefined && process.env.CI === "true")
    throw new Error("PostgreSQL must be installed in CI: apt-get install postgresql");
  const server = programs === undefined ? undefined : startPostgresql(programs, tls);
  after(() => server?.stop());
  return {
    skip: programs === undefined ? "PostgreSQL is not installed (apt-get install postgresql)" : false,
    connection: () => server!.connection,
    environment: () => {
      const { host, port, user, database } = server!.connection;
      return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database };
    },
  };
}

/** Folder of PostgreSQL's own programs as Debian installs them, newest version; undefined where it is not installed. */
function postgresqlPrograms(): string | undefined {
  if (!existsSync(installations)) return undefined;
  const versions = readdirSync(installations).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(installations, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
}

/**
 * Starts an empty PostgreSQL in a temporary folder, reachable only through a socket in it. Stopped at the latest when this
 * process ends. PostgreSQL refuses to run as root, so root becomes the user `postgres`.
 */
function startPostgresql(programs: string, tls: TlsListening | undefined): RunningPostgresql {
  const folder = mkdtempSync(join(tmpdir(), "segbook-pg-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, idOfPostgres("-u"), idOfPostgres("-g"));
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const run = (program: string, ...rest: string[]): void => {
    const command = [join(programs, program), ...rest];
    const [file, ...words] = isRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(file!, words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  };
  const ownFile = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    if (isRoot) chownSync(path, idOfPostgres("-u"), idOfPostgres("-g"));
    return path;
  };
  let isStopped = false;
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    if (existsSync(join(data, "postmaster.pid"))) run("pg_ctl", "stop", "-D", data, "-m", "immediate", "-w");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stop);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
  const listening =
    tls === undefined
      ? "-c listen_addresses=''"
      : `-c listen_addresses=127.0.0.1 -c port=${tls.port} -c ssl=on -c ssl_cert_file=${ownFile("server.crt", tls.certificate)} -c ssl_key_file=${ownFile("server.key", tls.key)}`;
  const options = `${listening} -c unix_socket_directories='${folder}' -c fsync=off`;
  run("pg_ctl", "start", "-D", data, "-w", "-l", join(folder, "log"), "-o", options);
  return {
    connection: { host: folder, port: tls?.port ?? 5432, user: "postgres", database: "postgres" },
    stop,
  };
}

function idOfPostgres(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
}
