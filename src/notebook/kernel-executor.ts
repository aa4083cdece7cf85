import { type Converter, createConverter } from "tslab/dist/converter.js";
import { createExecutor, type Executor } from "tslab/dist/executor.js";
import { expandShorthand } from "./expand-shorthand.js";
import { type CellDiagnostic, type CellError, describeDiagnostics, describeThrown } from "./kernel-error.js";
import { limitTypeReading, type TypeReadingOptions } from "./kernel-types.js";
import { loadTypeScript } from "./load-typescript.js";

/** What running the code of one cell came to. */
export interface CodeOutcome {
  readonly error?: CellError;
  /** The value of the last expression, in a list of one; empty if there is none or it is null or undefined. */
  readonly value: readonly unknown[];
}

/** tslab's compiler and evaluator, with what it says as data. */
export interface CodeExecutor {
  readonly run: (code: string) => Promise<CodeOutcome>;
  /** Ends a pending await; a busy loop is ended by the signal itself. */
  readonly interrupt: () => void;
  readonly inspect: Executor["inspect"];
  readonly complete: Executor["complete"];
}

const diagnosticFormat = "%s%d:%d - %s";

/** Cells run in the folder of this process, one at a time, and share their variables. */
export function createCodeExecutor(options: TypeReadingOptions): CodeExecutor {
  limitTypeReading(options);
  const node = createConverter({});
  const report = { value: [] as unknown[], thrown: [] as unknown[], diagnostics: [] as CellDiagnostic[] };
  const executor = createExecutor(process.cwd(), converters(node), {
    log: (value: unknown) => report.value.push(value),
    error: (first: unknown, ...rest: unknown[]) => {
      if (first === diagnosticFormat && rest.length === 4) report.diagnostics.push(toDiagnostic(rest));
      else report.thrown.push(first);
    },
  });
  async function run(code: string): Promise<CodeOutcome> {
    report.value = [];
    report.thrown = [];
    report.diagnostics = [];
    const isGood = await executor.execute(expandShorthand(loadTypeScript(), code));
    if (report.diagnostics.length > 0) return { error: describeDiagnostics(report.diagnostics), value: [] };
    return isGood ? { value: report.value } : { error: describeThrown(report.thrown[0]), value: [] };
  }
  return {
    run: (code) => run(code).catch((error: unknown) => ({ error: describeThrown(error), value: [] })),
    interrupt: executor.interrupt,
    inspect: executor.inspect,
    complete: executor.complete,
  };
}

/** The browser half is made only for a cell that asks for it. */
function converters(node: Converter): { node: Converter; readonly browser: Converter; close: () => void } {
  let browser: Converter | undefined;
  return {
    node,
    get browser(): Converter {
      browser ??= createConverter({ isBrowser: true });
      return browser;
    },
    close: () => {
      node.close();
      browser?.close();
    },
  };
}

function toDiagnostic([file, line, column, text]: unknown[]): CellDiagnostic {
  return { file: String(file).trim(), line: Number(line), column: Number(column), text: String(text) };
}
