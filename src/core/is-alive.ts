import { readFileSync } from "node:fs";

/** True if a process of this number runs, whoever owns it. */
export function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * When a process started, in the system's own ticks; numbers come again, above all in containers, but not with the same start.
 * Empty where the system does not tell.
 */
export function readProcessStart(processId: number): string {
  try {
    // The name of the program, in brackets, may hold anything.
    const fields = readFileSync(`/proc/${processId}/stat`, "utf8").replace(/^.*\)/s, "").trim().split(" ");
    return fields[19] ?? "";
  } catch {
    return "";
  }
}
