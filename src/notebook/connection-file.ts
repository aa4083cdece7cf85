import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
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

/** A free port for each channel of one kernel on this machine, and a new key. */
export async function reserveConnection(): Promise<Connection> {
  const servers = await Promise.all([listen(), listen(), listen(), listen(), listen()]);
  const ports = servers.map((server) => server.port);
  await Promise.all(servers.map((server) => server.close()));
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: ports[0]!,
    iopub_port: ports[1]!,
    control_port: ports[2]!,
    stdin_port: ports[3]!,
    hb_port: ports[4]!,
    signature_scheme: "hmac-sha256",
    key: randomBytes(32).toString("hex"),
  };
}

/** Writes the connection where only this user can read it; returns the path. */
export function writeConnection(connection: Connection): string {
  const path = join(mkdtempSync(join(tmpdir(), "segbook-kernel-")), "connection.json");
  writeFileSync(path, JSON.stringify(connection), { mode: 0o600 });
  return path;
}

/** Removes what {@link writeConnection} wrote. */
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
