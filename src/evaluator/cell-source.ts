import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";

/** A part of a text to be written anew; places count from its beginning. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A cell as tslab is to compile it. */
export interface PreparedCell {
  readonly code: string;
  /** The place in the cell of a place in the code. */
  readonly toCell: (position: number) => number;
}

/**
 * Writes a cell so that tslab can compile it; lines stay where they are.
 *
 * `{ name }` becomes `{ name: name }`: tslab finds variables of earlier cells by rewriting identifiers and forgets those that
 * are a property's name and value at once. `export` before a declaration goes: every variable of a cell is one of the notebook.
 */
export function prepareCell(cell: string): PreparedCell {
  const ts = loadTypeScript();
  const source = ts.createSourceFile("cell.ts", cell, ts.ScriptTarget.ES2022, true);
  const inserted: Edit[] = [];
  const collect = (node: TypeScript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node))
      inserted.push({ start: node.name.end, end: node.name.end, text: `: ${node.name.text}` });
    ts.forEachChild(node, collect);
  };
  collect(source);
  const exports = source.statements.flatMap((statement) => exportEdits(ts, statement));
  return {
    code: applyEdits(cell, [...inserted, ...exports]),
    toCell: (position) =>
      inserted.reduce(
        (place, { start, text }) => (place <= start ? place : Math.max(start, place - text.length)),
        position,
      ),
  };
}

/** The text with each edit made; edits do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (done, { start, end, text: replacement }) => done.slice(0, start) + replacement + done.slice(end),
      text,
    );
}

function exportEdits(ts: typeof TypeScript, statement: TypeScript.Statement): Edit[] {
  if (!ts.canHaveModifiers(statement)) return [];
  const modifiers = ts.getModifiers(statement) ?? [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return [];
  return modifiers
    .filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    .map((modifier) => {
      const start = modifier.getStart();
      return { start, end: modifier.end, text: " ".repeat(modifier.end - start) };
    });
}
