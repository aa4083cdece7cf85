import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isAlive } from "../core/is-alive.js";
import type { Connection } from "../kernel/connection-file.js";

/** A connection for one kernel and the file that tells it. */
export interface MeetingPlace {
  readonly connection: Connection;
  readonly path: string;
}

const prefix = "segbook-kernel-";

/** A number means nothing in a container that shares this folder, but by this age everybody has met. */
const sweptAfterSeconds = 120;

/** In bytes; the address of a socket has room for 104, of which the channel's name takes 10. */
const longestSocketFolder = 93;

/**
 * Reserves a place where one kernel and its client can meet, with a new key, and writes it where only this user can read it. Removes
 * the places that dead processes left behind.
 *
 * Sockets in a private folder: they need no network, not even the loopback interface, and nobody else can reach them. Where there are
 * none (Windows, or a temporary folder whose name is too long for one) it is a free port for each channel.
 */
export async function makeMeetingPlace(): Promise<MeetingPlace> {
  sweepMeetingPlaces();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const hasSockets = platform() !== "win32" && Buffer.byteLength(folder) < longestSocketFolder;
  const ports = hasSockets ? [1, 2, 3, 4, 5] : await freePorts();
  const connection: Connection = {
    ...(hasSockets
      ? { transport: "ipc", ip: join(folder, "channel") }
      : { transport: "tcp", ip: "127.0.0.1" }),
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

/** Removes the key, once the kernel has read it: a run that is killed leaves none behind. */
export function forgetKey(path: string): void {
  rmSync(path, { force: true });
}

/** Removes the meeting place, once the kernel has ended. */
export function removeMeetingPlace(path: string): void {
  rmSync(dirname(path), { recursive: true, force: true });
}

function sweepMeetingPlaces(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(prefix) ? /^\d+/.exec(name.slice(prefix.length))?.[0] : undefined;
    if (owner !== undefined && !isAlive(Number(owner))) removeIfOld(join(tmpdir(), name));
  }
}

function removeIfOld(folder: string): void {
  try {
    const ageSeconds = (performance.timeOrigin + performance.now() - statSync(folder).mtimeMs) / 1000;
    if (ageSeconds > sweptAfterSeconds) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's, or somebody else was faster.
  }
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
