import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Numbers of the processes that were started with `variable=value` in their environment, by whomever. Linux only. */
export function markedProcesses(variable: string, value: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => textOf(`/proc/${pid}/environ`).split("\0").includes(`${variable}=${value}`))
    .map(Number);
}

/** Fails unless all of them end by themselves within 10 seconds. */
export async function assertNoneLeft(variable: string, value: string): Promise<void> {
  for (let waited = 0; markedProcesses(variable, value).length > 0; waited += 50) {
    const left = markedProcesses(variable, value).map((pid) => textOf(`/proc/${pid}/cmdline`));
    assert.ok(waited < 10_000, `left behind: ${left.join(" | ").replaceAll("\0", " ")}`);
    await pause(50);
  }
}

/** Number of the process that runs the cells of a kernel; undefined if it is not there (yet, or any more). */
export function evaluatorOf(kernelPid: number): number | undefined {
  const children = textOf(`/proc/${kernelPid}/task/${kernelPid}/children`).trim().split(" ").map(Number);
  return children.find((pid) => textOf(`/proc/${pid}/cmdline`).includes("kernel-evaluator-main"));
}

/** Empty for a process that has ended. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
