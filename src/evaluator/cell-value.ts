import { inspect } from "node:util";
import { describeThrown } from "./kernel-error.js";
import type { CodeExecutor } from "./kernel-executor.js";

/** Displays a value richly and returns true, or returns false for a value that has no look of its own. */
export type ShowValue = (value: unknown) => boolean;

/** What became of each expression, as a reply has it: its printed value or its error. */
export async function evaluateAll(
  executor: CodeExecutor,
  expressions: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const results: [string, unknown][] = [];
  for (const [name, expression] of Object.entries(expressions)) {
    const { error, value } = await executor.run(`(${expression}\n)`, { name: `expression ${name}` });
    const data = { "text/plain": textOf(value[0]) };
    results.push([
      name,
      error === undefined ? { status: "ok", data, metadata: {} } : { status: "error", ...error },
    ]);
  }
  return Object.fromEntries(results);
}

/** Displays a value if it has a look of its own. A value that only looks as if it could be shown is printed instead. */
export function isShown(value: unknown, showValue: ShowValue): boolean {
  try {
    return showValue(value);
  } catch {
    return false;
  }
}

/** A value as `util.inspect` prints it. */
export function textOf(value: unknown): string {
  try {
    return inspect(value);
  } catch (error) {
    return `(a value that cannot be printed: ${describeThrown(error).evalue})`;
  }
}
