import { InputError, MachineError } from "../core/errors.js";

/** What Trino says of a statement that failed. */
export interface TrinoFault {
  /** Such as `TABLE_NOT_FOUND`. */
  readonly errorName: string;
  /** `USER_ERROR`, `INTERNAL_ERROR`, `EXTERNAL` or `INSUFFICIENT_RESOURCES`. */
  readonly errorType: string;
  readonly message: string;
  /** Absent for errors that come while the statement runs. */
  readonly errorLocation?: { readonly lineNumber: number; readonly columnNumber: number };
}

/**
 * A failed statement as our error, with the name of Trino's error and the place in the statement; `cause` is the fault.
 *
 * Of an error that a value caused, such as a text that is no number, Trino's words are left out: they hold the value.
 */
export function trinoError(fault: TrinoFault, queryId: string): InputError | MachineError {
  const { errorName, errorType, errorLocation, message } = fault;
  const isUsers = errorType === "USER_ERROR";
  const isSafe = !isUsers || errorLocation !== undefined || errorName === "PERMISSION_DENIED";
  const words = isSafe ? ` (${message.replace(/^line \d+:\d+: /, "").slice(0, 300)})` : "";
  const place =
    errorLocation === undefined
      ? ""
      : ` at line ${errorLocation.lineNumber}, column ${errorLocation.columnNumber}`;
  const said = `${errorName}${words}${place}, query ${queryId}`;
  if (isUsers)
    return new InputError(`trino: the statement must be one that runs, got ${said}`, { cause: fault });
  return new MachineError(`trino: the cluster must finish the statement, got ${said}`, { cause: fault });
}
