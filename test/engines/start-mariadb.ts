import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type Connection, createConnection } from "mysql2/promise";
import { freePorts } from "./free-port.js";
import type { MadeCertificate } from "./made-certificates.js";

/** A MariaDB on loopback. */
export interface RunningMariadb {
  readonly port: number;
  /** Of the server, for a test that ends it. */
  readonly pid: number;
  /** Opens a session that may do anything. */
  connect(): Promise<Connection>;
  /** Stops the server and removes all that it wrote; safe to call twice. */
  stop(): Promise<void>;
}

/** MariaDB for the tests of one file. */
export interface TestMariadb {
  /** What a skipped test says; false where MariaDB is installed. */
  readonly skip: string | false;
  /** Running from the start. */
  server(): RunningMariadb;
}

const program = "/usr/sbin/mariadbd";

/**
 * Starts a server for the tests of a file and stops it after them; in CI its absence is a failure, never a skip. Awaited where
 * the file begins: Node 20 starts hooks of a file at once, so that one `before` cannot rely on another.
 */
export async function useMariadb(tls?: Pick<MadeCertificate, "certificate" | "key">): Promise<TestMariadb> {
  const isInstalled = existsSync(program);
  if (!isInstalled && process.env.CI === "true")
    throw new Error("MariaDB must be installed in CI: apt-get install mariadb-server");
  const server = isInstalled ? await startMariadb(tls) : undefined;
  after(() => server?.stop());
  return {
    skip: isInstalled ? false : "MariaDB is not installed (apt-get install mariadb-server)",
    server: () => server!,
  };
}

/** Starts an empty MariaDB in a temporary folder, on a free port of loopback. Stopped at the latest when this process ends. */
export async function startMariadb(
  tls?: Pick<MadeCertificate, "certificate" | "key">,
): Promise<RunningMariadb> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-mariadb-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const user = userInfo().username;
  const settings = ["--no-defaults", `--datadir=${data}`, `--user=${user}`];
  const prepare = ["--auth-root-authentication-method=normal", "--skip-test-db"];
  execFileSync("mariadb-install-db", [...settings, ...prepare], { stdio: "ignore" });
  const [port] = await freePorts(1);
  const place = [`--port=${port}`, "--bind-address=127.0.0.1", `--socket=${join(folder, "socket")}`];
  const plain = [
    `--log-error=${join(folder, "log")}`,
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-name-resolve",
  ];
  const encrypted = tls === undefined ? [] : encryption(folder, tls);
  const server = spawn(program, [...settings, ...place, ...plain, ...encrypted], { stdio: "ignore" });
  const tidy = (): void => {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", tidy);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const connect = (): Promise<Connection> =>
    createConnection({
      host: "127.0.0.1",
      port: port!,
      user: "root",
      charset: "utf8mb4",
      multipleStatements: true,
    });
  const stop = async (): Promise<void> => {
    await end(server);
    process.removeListener("exit", tidy);
    tidy();
  };
  try {
    await untilReady(connect, server);
  } catch (error) {
    const log = existsSync(join(folder, "log")) ? readFileSync(join(folder, "log"), "utf8") : "";
    await stop();
    throw new Error(`MariaDB did not start:\n${log.split("\n").slice(-10).join("\n")}`, { cause: error });
  }
  return { port: port!, pid: server.pid!, connect, stop };
}

function encryption(
  folder: string,
  { certificate, key }: Pick<MadeCertificate, "certificate" | "key">,
): string[] {
  writeFileSync(join(folder, "server.pem"), certificate);
  writeFileSync(join(folder, "key.pem"), key, { mode: 0o600 });
  return [`--ssl-cert=${join(folder, "server.pem")}`, `--ssl-key=${join(folder, "key.pem")}`];
}

async function untilReady(connect: () => Promise<Connection>, server: ChildProcess): Promise<void> {
  for (let turn = 0; ; turn++)
    try {
      await (await connect()).end();
      return;
    } catch (error) {
      if (server.exitCode !== null || turn > 240) throw error;
      await pause(250);
    }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(patience);
}
