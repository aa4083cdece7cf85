import { getHeapStatistics } from "node:v8";
import type { CellError } from "../evaluator/kernel-error.js";
import type { EvaluatorExit } from "./start-evaluator.js";

/** Why the process that ran the cells has ended, as the error of the cell that was running. */
export function describeDeath(exit: EvaluatorExit, heapMegabytes: number | undefined): CellError {
  const evalue = reasonOf(exit, heapMegabytes ?? defaultHeapMegabytes());
  return { ename: "KernelDied", evalue, traceback: [`KernelDied: ${evalue}`] };
}

function reasonOf({ code, signal, lastWords }: EvaluatorExit, heapMegabytes: number): string {
  if (
    /JavaScript heap out of memory|Allocation failed|OOM/.test(lastWords) &&
    (signal !== null || code !== 0)
  ) {
    return `the cell used more memory than its heap of ${heapMegabytes} MB`;
  }
  if (signal !== null) return `the kernel was killed by ${signal}`;
  return code === null ? "the kernel could not be started" : `the cell called process.exit(${code})`;
}

/** What Node gives a process that is not told otherwise, such as this one. */
function defaultHeapMegabytes(): number {
  return Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
}
