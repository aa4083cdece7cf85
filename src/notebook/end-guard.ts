/** What {@link EndGuard.prepareEnd} answers to the thread that wants to end the running code. */
export type EndDecision = "end" | "wait" | "gone";

/**
 * Lets another thread end the code of a cell (`Runtime.terminateExecution`), but never in the middle of the kernel's own work: a
 * message that is half written could not be read.
 *
 * The other thread asks first, by calling the global named {@link guardName} with the number of the cell, at any point of any code
 * here. After the answer "end" no work of the kernel begins until the end has come.
 */
export interface EndGuard {
  /** Runs the kernel's own work; it is not ended. Must not call code of the user. */
  readonly uninterrupted: <Result>(action: () => Result) => Result;
  /** Waits for an end that is about to come, and puts this thread in order after it. */
  readonly recover: () => void;
}

/** Name of the symbol under which the other thread finds the question among the globals. */
export const guardName = "segbook.kernel.prepareEnd";

/** What both threads see. */
export interface EndSignals {
  /** Index 0: the number of the last interrupt that the main thread has heard of. */
  readonly heard: Int32Array;
  /** Index 0: 1 from the answer "end" until the end has come. */
  readonly ending: Int32Array;
}

const endComesWithinMilliseconds = 10_000;

/** `mayEnd` says whether a cell is one that may be ended now. */
export function createEndGuard(ending: Int32Array, mayEnd: (cell: number) => EndDecision): EndGuard {
  let depth = 0;
  let restoreChecks: (() => void) | undefined;
  function uninterrupted<Result>(action: () => Result): Result {
    if (depth === 0) recover();
    depth++;
    try {
      return action();
    } finally {
      depth--;
    }
  }
  function prepareEnd(cell: number): EndDecision {
    const decision = depth > 0 ? "wait" : mayEnd(cell);
    if (decision === "end") {
      Atomics.store(ending, 0, 1);
      restoreChecks ??= relaxChecks();
    }
    return decision;
  }
  function recover(): void {
    if (restoreChecks === undefined) return;
    // The end has struck already, or strikes here.
    Atomics.wait(ending, 0, 1, endComesWithinMilliseconds);
    restoreChecks();
    restoreChecks = undefined;
  }
  Object.defineProperty(globalThis, Symbol.for(guardName), { value: prepareEnd });
  return { uninterrupted, recover };
}

interface AsyncWrap {
  readonly async_hook_fields: Uint32Array;
  readonly constants: { readonly kCheck: number; readonly kTotals: number };
  readonly clearAsyncIdStack: () => void;
}

/**
 * Code that is ended never says that its calls are over. Node counts them, and ends the process when they do not add up, as long as
 * anything (AsyncLocalStorage, before Node 24) hooks into them: the checks rest until the count is cleared.
 */
function relaxChecks(): () => void {
  const wrap = asyncWrap();
  if (wrap === undefined) return () => undefined;
  const { async_hook_fields: fields, constants } = wrap;
  const [check, totals] = [fields[constants.kCheck]!, fields[constants.kTotals]!];
  fields[constants.kCheck] = 0;
  fields[constants.kTotals] = 0;
  return () => {
    wrap.clearAsyncIdStack();
    fields[constants.kCheck] = check;
    fields[constants.kTotals] = totals;
  };
}

function asyncWrap(): AsyncWrap | undefined {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    const { binding } = process as unknown as { readonly binding: (name: string) => unknown };
    return binding.call(process, "async_wrap") as AsyncWrap;
  } catch {
    return undefined;
  } finally {
    Object.assign(process, { noDeprecation: before });
  }
}
