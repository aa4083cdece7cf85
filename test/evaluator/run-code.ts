import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CodeExecutor, type CodeOutcome, createCodeExecutor } from "#src/evaluator/kernel-executor.js";

/** An executor in a folder of its own, with a way to run cells that are numbered from 1. */
export interface CellRuns {
  readonly folder: string;
  readonly executor: CodeExecutor;
  readonly run: (code: string) => Promise<CodeOutcome>;
  /** Runs a cell that must succeed; returns the value of its last expression. */
  readonly value: (code: string) => Promise<unknown>;
  /** Runs a cell that must fail; returns what it failed with, as text. */
  readonly failure: (code: string) => Promise<string>;
}

/** Moves this process to a new folder, or to the one of the given name in it. */
export function startCells(inside = ""): CellRuns {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "segbook-cells-")));
  mkdirSync(join(folder, inside), { recursive: true });
  process.chdir(join(folder, inside));
  const executor = createCodeExecutor({ withDocumentation: true });
  let count = 0;
  const run = (code: string): Promise<CodeOutcome> => executor.run(code, { name: `cell ${++count}` });
  return {
    folder,
    executor,
    run,
    value: async (code) => {
      const { error, value } = await run(code);
      if (error !== undefined) throw new Error(error.traceback.join("\n"));
      return value[0];
    },
    failure: async (code) => (await run(code)).error?.traceback.join("\n") ?? "no error",
  };
}
