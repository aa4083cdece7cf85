import { Script } from "node:vm";

/** How code becomes a function. */
export interface CodeFunctionOptions {
  /** What stacks call the code. */
  readonly filename: string;
  /** Whether the code awaits. */
  readonly isAsync?: boolean;
}

/** A function of these parameters whose body is the code; its lines count from the first of the code. */
export function functionOfCode(
  code: string,
  parameters: readonly string[],
  { filename, isAsync = false }: CodeFunctionOptions,
): (...values: readonly unknown[]) => unknown {
  const text = `(${isAsync ? "async " : ""}function (${parameters.join(", ")}) {\n${code}\n})`;
  return new Script(text, { filename, lineOffset: -1 }).runInThisContext() as ReturnType<
    typeof functionOfCode
  >;
}
