import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MachineError } from "../core/errors.js";

/** Where a kernel listens, in the names that Jupyter uses. */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly control_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
  readonly signature_scheme: string;
  readonly key: string;
}

/** A connection for one kernel and the file that tells it. */
export interface ConnectionFile {
  readonly connection: Connection;
  readonly path: string;
}

/**
 * Reserves a place where one kernel and its client can meet, with a new key, and writes it where only this user can read it.
 *
 * Sockets in a private folder: they need no network, not even the loopback interface, and nobody else can reach them. Windows has
 * none, so there it is a free port for each channel.
 */
export async function makeConnection(): Promise<ConnectionFile> {
  const folder = mkdtempSync(join(tmpdir(), "segbook-kernel-"));
  const ports = platform() === "win32" ? await freePorts() : [1, 2, 3, 4, 5];
  const connection: Connection = {
    ...(platform() === "win32"
      ? { transport: "tcp", ip: "127.0.0.1" }
      : { transport: "ipc", ip: join(folder, "channel") }),
    shell_port: ports[0]!,
    iopub_port: ports[1]!,
    control_port: ports[2]!,
    stdin_port: ports[3]!,
    hb_port: ports[4]!,
    signature_scheme: "hmac-sha256",
    key: randomBytes(32).toString("hex"),
  };
  const path = join(folder, "connection.json");
  writeFileSync(path, JSON.stringify(connection), { mode: 0o600 });
  return { connection, path };
}

/** The address of one channel, as Jupyter writes it. */
export function channelAddress({ transport, ip }: Connection, port: number): string {
  return transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
}

/** Removes the key, once the kernel has read it: a run that is killed leaves none behind. */
export function forgetKey(path: string): void {
  rmSync(path, { force: true });
}

/** Removes the meeting place, once the kernel has ended. */
export function removeConnection(path: string): void {
  rmSync(dirname(path), { recursive: true, force: true });
}

/** @throws {@link MachineError} if the file is not a connection file with HMAC-SHA-256 signatures. */
export function readConnection(path: string): Connection {
  const connection = JSON.parse(readFileSync(path, "utf8")) as Connection;
  if (connection.signature_scheme !== "hmac-sha256") {
    throw new MachineError(
      `readConnection: signature_scheme must be hmac-sha256, got ${String(connection.signature_scheme)}`,
    );
  }
  return connection;
}

async function freePorts(): Promise<number[]> {
  const servers = await Promise.all([listen(), listen(), listen(), listen(), listen()]);
  await Promise.all(servers.map((server) => server.close()));
  return servers.map((server) => server.port);
}

function listen(): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}
