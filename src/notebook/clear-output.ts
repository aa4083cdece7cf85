import { kernelWriter } from "./kernel-writer.js";

/** When {@link clearOutput} clears. */
export interface ClearOutputOptions {
  /** True: only when the next output comes, so that what changes often does not flicker. Default false: at once. */
  readonly wait?: boolean;
}

/** Removes everything that the notebook cell has printed and shown so far. Does nothing outside a notebook. */
export function clearOutput({ wait = false }: ClearOutputOptions = {}): void {
  kernelWriter()?.clear?.(wait);
}
