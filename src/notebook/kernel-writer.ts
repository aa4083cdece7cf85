import { createRequire } from "node:module";

/** How code in a notebook shows something under its cell. */
export interface KernelWriter {
  (content: unknown, update: boolean): void;
  /** Clears what the cell has shown; with `wait` when the next output comes. Absent in other kernels than ours. */
  readonly clear?: (wait: boolean) => void;
}

const require = createRequire(import.meta.url);

/** The kernel's own writer, if this process is a tslab kernel: looked up among loaded modules, so that nothing is loaded elsewhere. */
export function kernelWriter(): KernelWriter | undefined {
  const loaded = require.cache[require.resolve("tslab/dist/jupyter.js")];
  const kernel = loaded?.exports as { readonly lastWriteDisplayData: KernelWriter | null } | undefined;
  return kernel?.lastWriteDisplayData ?? undefined;
}

/** Makes `writer` the one that tslab's `display` and our `show` send through: a variable of tslab's module. */
export function writeThrough(writer: KernelWriter): void {
  require("tslab/dist/jupyter.js").lastWriteDisplayData = writer;
}
