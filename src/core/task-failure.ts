import { InputError, MachineError, RunError } from "./errors.js";

/** A task that failed, and why. */
export interface TaskFailure {
  readonly task: number;
  readonly error: unknown;
}

/** Where a thread tells of its failure: shared memory, for the calling thread hears no message while it works. */
export type FailureSlot = Uint8Array;

const slotBytes = 8192;
const kinds = [InputError, RunError, MachineError, RangeError, TypeError];

export function openFailureSlot(): FailureSlot {
  return new Uint8Array(new SharedArrayBuffer(slotBytes));
}

/** Writes a failure; a message too long for the slot is cut. */
export function writeFailure(slot: FailureSlot, { task, error }: TaskFailure): void {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  // The last byte stays 0: it ends the text.
  slot.set(Buffer.from(`${task}\n${name}\n${message}`).subarray(0, slotBytes - 1));
}

/** Reads what a thread wrote, an error of the same kind; none where it met no failure. */
export function readFailure(slot: FailureSlot): TaskFailure[] {
  const text = Buffer.from(slot.subarray(0, slot.indexOf(0))).toString();
  if (text === "") return [];
  const [task, name, ...lines] = text.split("\n");
  const kind = kinds.find((one) => one.name === name) ?? Error;
  return [{ task: Number(task), error: new kind(lines.join("\n")) }];
}
