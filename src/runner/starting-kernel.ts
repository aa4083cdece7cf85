import type { Notebook } from "../notebook/notebook.js";
import { type Kernel, type KernelOptions, startKernel } from "./kernel-client.js";

/** A kernel that is being made ready for a notebook. */
export interface StartingKernel {
  /** Rejects with a MachineError if it cannot be started. */
  readonly kernel: Promise<Kernel>;
  /** Ends it, once it has started. */
  readonly stop: () => Promise<void>;
}

const warmingSeconds = 60;

/** Starts a kernel and loads the packages of the notebook while nobody waits for it. */
export function startKernelFor(notebook: Notebook, options: KernelOptions): StartingKernel {
  const kernel = startKernel(options).then((started) => warmUp(started, notebook));
  // Whoever waits for it hears of a failure; until then it is nobody's unhandled rejection.
  kernel.catch(() => undefined);
  const stop = async (): Promise<void> => {
    const started = await kernel.catch(() => undefined);
    await started?.shutdown();
  };
  return { kernel, stop };
}

/**
 * A kernel answers before it can run code; what it still loads must not count as the first cell's time. An import that fails here fails
 * again in its cell.
 */
async function warmUp(kernel: Kernel, notebook: Notebook): Promise<Kernel> {
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source);
  const imports = code.join("\n").matchAll(/^import\s[^"';]*from\s*["']([^."'][^"']*)["']/gm);
  const packages = new Set([...imports].map((match) => match[1]!));
  const lines = [...packages].map((name) => `import ${JSON.stringify(name)};`);
  await kernel.execute([...lines, "0"].join("\n"), { silent: true, timeoutSeconds: warmingSeconds });
  return kernel;
}
