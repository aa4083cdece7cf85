import type { MessagePort } from "node:worker_threads";
import type { TaskTable } from "./do-tasks.js";
import { InputError, MachineError, RunError } from "./errors.js";

/** What a worker is told of a call. */
export interface TaskMessage {
  readonly module: string;
  readonly input: unknown;
  readonly table: TaskTable;
  /** Where failures go: a thread that is busy hears of them there, when it asks. */
  readonly failures: MessagePort;
}

/** A failed task, as one thread tells another; errors lose their class on the way. */
export interface TaskFailure {
  readonly task: number;
  readonly name: string;
  readonly message: string;
}

export function describeFailure(task: number, error: unknown): TaskFailure {
  return error instanceof Error
    ? { task, name: error.name, message: error.message }
    : { task, name: "Error", message: String(error) };
}

export function errorOfFailure({ name, message }: TaskFailure): Error {
  const kind = [InputError, RunError, MachineError, RangeError, TypeError].find((one) => one.name === name);
  return new (kind ?? Error)(message);
}
