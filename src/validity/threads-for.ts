/** Below this many row-by-centre-by-column products, waking threads costs more than they save. */
const workWorthThreads = 4e7;

/** The threads asked for; where none are, one for small work and else as many as `shareTasks` takes. */
export function threadsFor(threads: number | undefined, work: number): number | undefined {
  return threads ?? (work < workWorthThreads ? 1 : undefined);
}
