import { type Converter, createConverter, isCompleteCode } from "tslab/dist/converter.js";
import { createExecutor } from "tslab/dist/executor.js";
import { printQuickInfo } from "tslab/dist/inspect.js";
import { expandShorthand } from "./expand-shorthand.js";
import { type CellDiagnostic, type CellError, describeDiagnostics, describeThrown } from "./kernel-error.js";
import { limitTypeReading, type TypeReadingOptions } from "./kernel-types.js";
import { loadTypeScript } from "./load-typescript.js";

/** What running the code of one cell came to. */
export interface CodeOutcome {
  readonly error?: CellError;
  /** The value of the last expression, in a list of one; empty if there is none or it is null or undefined. */
  readonly value: readonly unknown[];
  /** What `name?` asked for: a text to show beside the notebook, by MIME type. */
  readonly page?: Readonly<Record<string, string>>;
}

/** What {@link CodeExecutor.activity} holds at index 0. */
export const kernelActivity = { idle: 0, compiling: 1, running: 2 } as const;

/** Whether a front end should send the code of a console or let its user go on typing. */
export interface CodeCompleteness {
  readonly status: "complete" | "incomplete" | "invalid";
  /** What the next line begins with; only with "incomplete". */
  readonly indent?: string;
}

/** Names that fit at a place in the code; places count code points, as Jupyter does. */
export interface CodeCompletions {
  readonly matches: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The compiler and evaluator of a kernel's cells. */
export interface CodeExecutor {
  /**
   * Runs one cell; never rejects. Cells run one at a time.
   *
   * When the code was ended from another thread (`endCode`), the promise settles at the next
   * {@link CodeExecutor.interrupt}, with an error named `Interrupted`.
   */
  readonly run: (code: string, cell: { readonly name: string }) => Promise<CodeOutcome>;
  /** Settles the cell that is running, as interrupted: gives up a pending await, and answers for code that was ended. */
  readonly interrupt: () => void;
  /**
   * What this thread does, at index 0, for a thread that interrupts it; see {@link kernelActivity}.
   *
   * "Running" also holds while an await is pending. Code is to be ended from outside only while it blocks this thread,
   * that is when this thread has not come to call `interrupt` by itself: promises that were about to go on are lost with it.
   */
  readonly activity: Int32Array<SharedArrayBuffer>;
  readonly isComplete: (code: string) => CodeCompleteness;
  /** Type and documentation of the name at a place (in code points); undefined where there is no known name. */
  readonly inspect: (code: string, position: number) => string | undefined;
  readonly complete: (code: string, position: number) => CodeCompletions;
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
  const activity = new Int32Array(new SharedArrayBuffer(4));
  return {
    run: async (code) => {
      activity[0] = kernelActivity.running;
      const failed = (error: unknown): CodeOutcome => ({ error: describeThrown(error), value: [] });
      return run(code)
        .catch(failed)
        .finally(() => Atomics.store(activity, 0, kernelActivity.idle));
    },
    interrupt: executor.interrupt,
    activity,
    isComplete: (code) => {
      const { completed, indent } = isCompleteCode(code);
      return completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
    },
    inspect: (code, position) => {
      const info = executor.inspect(code, position);
      return info ? printQuickInfo(info) : undefined;
    },
    complete: (code, position) => {
      const { candidates, start, end } = executor.complete(code, position);
      return { matches: candidates, start, end };
    },
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
