/**
 * An error that the caller can mend: an argument, a file, a config line. Reaches the user as one sentence, exit code 2.
 * Message: `<function>: <argument> must <requirement>, got <what came>[ at <where>][. <one hint>?]`.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}

/** A run that a gate or a notebook ended: exit code 1. */
export class RunError extends Error {
  override readonly name: string = "RunError";
}

/** The machine refused (disk full, kernel cannot start): exit code 3. */
export class MachineError extends Error {
  override readonly name: string = "MachineError";
}
