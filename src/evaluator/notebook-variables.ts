import { type CompiledCell, cellPrefixLines } from "./cell-compiler.js";
import type { CodeFrames } from "./code-frames.js";
import { functionOfCode } from "./function-of-code.js";
import { filterDeclarations, namesThatMayBeUndefined } from "./kept-declarations.js";
import { linkCell } from "./link-cell.js";

/** The variables that the cells of a notebook share, with their types. */
export interface NotebookVariables {
  /** Types of all variables, in the form in which the compiler wants them for the next cell. */
  readonly declarations: () => string;
  /** Runs a compiled cell; returns the value of its last expression in a list, or an empty list. */
  readonly evaluate: (cell: CompiledCell, name: string) => Promise<readonly unknown[]>;
  /** Called when the cell did not reach its end: what it never assigned is again as it was before. */
  readonly keepReached: () => void;
}

interface Beginning {
  readonly declarations: string;
  /** The names that the cell declares, with the values that they had before. */
  readonly values: ReadonlyMap<string, unknown>;
}

/** No variables yet. */
export function createNotebookVariables(frames: CodeFrames, require: NodeJS.Require): NotebookVariables {
  const values: Record<string, unknown> = {};
  let declarations = "";
  let beginning: Beginning | undefined;

  function begin(after: string, names: readonly string[]): Beginning {
    beginning = { declarations, values: new Map(names.map((name) => [name, values[name]])) };
    declarations = after;
    return beginning;
  }

  async function evaluate(cell: CompiledCell, name: string): Promise<readonly unknown[]> {
    const { code, names, isAsync, findPlace } = linkCell(cell.output);
    const filename = frames.register({ name, isFile: false, findPlace, addedLines: cellPrefixLines });
    const start = functionOfCode(code, ["exports", "require", "__dirname"], { filename, isAsync });
    const mine = begin(cell.declarations, names);
    await start(values, require, process.cwd());
    if (beginning === mine) beginning = undefined;
    const value = cell.lastValue === undefined ? undefined : values[cell.lastValue];
    if (cell.lastValue !== undefined) values[cell.lastValue] = undefined;
    return value == null ? [] : [value];
  }

  function keepReached(): void {
    if (beginning === undefined) return;
    const { declarations: before, values: earlier } = beginning;
    beginning = undefined;
    const mayBeUndefined = namesThatMayBeUndefined(declarations);
    const missed = new Set(
      [...earlier.keys()].filter((name) => values[name] === undefined && !mayBeUndefined.has(name)),
    );
    for (const name of missed) values[name] = earlier.get(name);
    declarations =
      filterDeclarations(declarations, (name) => !missed.has(name)) +
      filterDeclarations(before, (name) => missed.has(name));
  }

  return { declarations: () => declarations, evaluate, keepReached };
}
