import { rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isAlive } from "../core/is-alive.js";

const pollMilliseconds = 250;

/** The private folder in which our runner and its kernel meet, if that is where the connection file is; a foreign client's is not ours. */
export function meetingFolderOf(connectionFile: string): string | undefined {
  const folder = dirname(connectionFile);
  return basename(folder).startsWith("segbook-kernel-") ? folder : undefined;
}

/**
 * Ends this process soon after the one that started it has died, however it died: our runner, or a Jupyter server that says in
 * `JPY_PARENT_PID` that it wants that. A kernel that somebody started by hand outlives its shell.
 */
export function endWithParent(meetingFolder: string | undefined): void {
  const isParentDead =
    meetingFolder !== undefined ? isOrphan(meetingFolder) : serverWatch(Number(process.env.JPY_PARENT_PID));
  if (isParentDead === undefined) return;
  setInterval(() => {
    if (isParentDead()) process.exit(1);
  }, pollMilliseconds).unref();
}

/** Calls `action` when this process ends in any way that leaves time for it; signals end it with the codes that shells use. */
export function beforeExit(action: () => void): void {
  process.on("exit", action);
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGHUP", () => process.exit(129));
}

/** Removes the folder in which our runner and its kernel met. */
export function removeMeetingFolder(folder: string | undefined): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

/** The folder's name tells who made it: one that dies before this process is up would else never be missed. */
function isOrphan(meetingFolder: string): () => boolean {
  const runner = Number(basename(meetingFolder).split("-")[2]);
  return () => process.ppid !== runner;
}

/** A number that means nothing here, as in a container, is not watched. */
function serverWatch(server: number): (() => boolean) | undefined {
  if (!(server > 1) || !isAlive(server)) return undefined;
  return () => !isAlive(server);
}
