import { readFileSync } from "node:fs";
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

/** The address of one channel, as Jupyter writes it. */
export function channelAddress({ transport, ip }: Connection, port: number): string {
  return transport === "ipc" ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
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
