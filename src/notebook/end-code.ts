import type { Session } from "node:inspector";

/**
 * A terminated call never says that it is over, and Node ends the process when the calls that it counts do not add up.
 * It forgets its count after an uncaught error; this asks for the same.
 */
const forgetOpenCalls = `{
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try { process.binding("async_wrap").clearAsyncIdStack(); } finally { process.noDeprecation = before; }
}`;

/**
 * Ends the code that blocks the main thread, also a loop that never yields, wherever it was started from.
 *
 * To be called in a worker, with a session that is connected to the main thread, only while the main thread answers nothing:
 * what is queued behind the code (promises about to go on, further callbacks of the same moment) ends with it.
 */
export function endCode(session: Session): void {
  session.post("Runtime.evaluate", { expression: forgetOpenCalls });
  session.post("Runtime.terminateExecution");
}
