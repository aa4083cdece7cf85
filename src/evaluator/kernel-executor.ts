import { type CellCompiler, type CompiledCell, createCellCompiler } from "./cell-compiler.js";
import { type CodeCompleteness, checkCompleteness } from "./code-completeness.js";
import { nameFrames } from "./code-frames.js";
import { type CodeCompletions, completeCode, inspectCode, questionedName } from "./code-questions.js";
import { describeDiagnostics } from "./describe-diagnostics.js";
import { type CellError, describeInterrupt, describeThrown } from "./kernel-error.js";
import { limitTypeReading, type TypeReadingOptions } from "./kernel-types.js";
import { createLocalModules } from "./local-modules.js";
import { createNotebookVariables, type NotebookVariables } from "./notebook-variables.js";
import { watchSources } from "./source-changes.js";

const moduleNotFound = 2307;

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

/** The compiler and evaluator of a kernel's cells. */
export interface CodeExecutor {
  /**
   * Runs one cell; never rejects. Cells run one at a time.
   *
   * When the code was ended from another thread (see `createEndGuard`), the promise settles at the next
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

/** Cells run in the folder of this process, one at a time, and share their variables. */
export function createCodeExecutor(options: TypeReadingOptions): CodeExecutor {
  limitTypeReading(options);
  const changes = watchSources();
  const frames = nameFrames();
  const compiler = createCellCompiler();
  const modules = createLocalModules(frames);
  const variables = createNotebookVariables(frames, modules.require);
  const activity = new Int32Array(new SharedArrayBuffer(4));
  let interrupt = (): void => undefined;

  function compile(code: string): CompiledCell {
    modules.forget(changes.notice());
    const compiled = compiler.compile(variables.declarations(), code);
    modules.add(compiler.takeModules());
    if (compiled.diagnostics.some((one) => one.code === moduleNotFound)) changes.lookAgain();
    return compiled;
  }

  /** Each step begins on its own, so that interrupts are heard in between and ended code takes nothing of the kernel with it. */
  async function run(code: string, name: string, isOver: () => boolean): Promise<CodeOutcome> {
    const asked = questionedName(code);
    if (asked !== undefined) return answerQuestion(compiler, variables, asked);
    await nextTurn();
    activity[0] = kernelActivity.compiling;
    const compiled = compile(code);
    if (compiled.diagnostics.length > 0)
      return { error: describeDiagnostics(compiled.diagnostics), value: [] };
    activity[0] = kernelActivity.idle;
    await nextTurn();
    if (isOver()) return { value: [] };
    activity[0] = kernelActivity.running;
    return { value: await variables.evaluate(compiled, name) };
  }

  return {
    run: (code, { name }) =>
      new Promise((resolve) => {
        let isOver = false;
        const settle = (outcome: CodeOutcome): void => {
          if (isOver) return;
          isOver = true;
          activity[0] = kernelActivity.idle;
          if (outcome.error !== undefined) variables.keepReached();
          resolve(outcome);
        };
        interrupt = () => settle({ error: describeInterrupt(name), value: [] });
        const fail = (thrown: unknown): void => settle({ error: describeThrown(thrown, name), value: [] });
        run(code, name, () => isOver).then(settle, fail);
      }),
    interrupt: () => interrupt(),
    activity,
    isComplete: checkCompleteness,
    inspect: (code, position) => inspectCode(compiler, variables.declarations(), { code, cursor: position }),
    complete: (code, position) =>
      completeCode(compiler, variables.declarations(), { code, cursor: position }),
  };
}

function answerQuestion(compiler: CellCompiler, variables: NotebookVariables, name: string): CodeOutcome {
  const text = inspectCode(compiler, variables.declarations(), { code: name, cursor: [...name].length });
  return { value: [], page: { "text/plain": text ?? `${name} is not known here.` } };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
