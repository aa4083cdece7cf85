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
  /** Puts this thread in order after an end; to be called in a turn of its own. */
  readonly recover: () => void;
  /** Calls `action` if something was ended since the last call. */
  readonly afterEnd: (action: () => void) => void;
}

/** Name of the symbol under which the other thread finds the question among the globals. */
export const guardName = "segbook.kernel.prepareEnd";

/** What both threads see. */
export interface EndSignals {
  /** Index 0: the number of the last question that the main thread has answered. */
  readonly heard: Int32Array;
  /** Index 0: the cell that was to be interrupted last. */
  readonly target: Int32Array;
  /** Index 0: the number of the last request that the main thread has taken. */
  readonly taken: Int32Array;
  /** Index 0: 1 from the answer "end" until the end has come. */
  readonly ending: Int32Array;
}

/** Node now and then swallows an end that strikes its own bookkeeping; then the other thread tries again. */
const endComesWithinMilliseconds = 400;

/** `mayEnd` says whether a cell is one that may be ended now. */
export function createEndGuard(ending: Int32Array, mayEnd: (cell: number) => EndDecision): EndGuard {
  let depth = 0;
  let refused: number | undefined;
  let hasEnded = false;
  let restoreChecks: (() => void) | undefined;
  function uninterrupted<Result>(action: () => Result): Result {
    if (depth === 0) awaitEnd();
    depth++;
    try {
      return action();
    } finally {
      depth--;
      if (depth === 0) beEndedIfRefused();
    }
  }
  /** Code that does little but print would never be met outside the kernel's own work. */
  function beEndedIfRefused(): void {
    if (refused === undefined) return;
    const cell = refused;
    refused = undefined;
    if (prepareEnd(cell) === "end") awaitEnd();
  }
  function prepareEnd(cell: number): EndDecision {
    if (depth > 0) refused = cell;
    const decision = depth > 0 ? "wait" : mayEnd(cell);
    if (decision === "end") {
      restoreChecks ??= relaxChecks();
      // Last: the end may come at once.
      Atomics.store(ending, 0, 1);
    }
    return decision;
  }
  function awaitEnd(): void {
    if (restoreChecks !== undefined) Atomics.wait(ending, 0, 1, endComesWithinMilliseconds);
  }
  function recover(): void {
    awaitEnd();
    depth = 0;
    if (restoreChecks === undefined || Atomics.load(ending, 0) === 1) return;
    restoreChecks();
    restoreChecks = undefined;
    hasEnded = true;
  }
  function afterEnd(action: () => void): void {
    if (!hasEnded) return;
    action();
    hasEnded = false;
  }
  Object.defineProperty(globalThis, Symbol.for(guardName), { value: prepareEnd });
  return { uninterrupted, recover, afterEnd };
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
