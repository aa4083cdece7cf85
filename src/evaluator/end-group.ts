import { rmSync } from "node:fs";

/** Ends this process and everything that it started, at once; removes the folder in which kernel and client met, if it is ours. */
export function endGroup(meetingFolder: string | undefined): void {
  if (meetingFolder !== undefined) rmSync(meetingFolder, { recursive: true, force: true });
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL");
  }
}
