import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import type { PreparedCell } from "./cell-source.js";
import { isCell } from "./compiler-host.js";
import type { CellDiagnostic } from "./describe-diagnostics.js";

/** A complaint of the compiler that has a place. */
export type PlacedDiagnostic = TypeScript.Diagnostic & {
  readonly file: TypeScript.SourceFile;
  readonly start: number;
  readonly length: number;
};

/** Finds complaints about files. */
export type FindDiagnostics = (
  program: TypeScript.Program,
  files: readonly TypeScript.SourceFile[],
) => TypeScript.Diagnostic[];

/** What tslab's TypeScript exports beyond the types of TypeScript. */
type InnerTypeScript = typeof TypeScript & {
  readonly getPreEmitDiagnosticsOfFiles: FindDiagnostics;
  readonly findPrecedingToken: (position: number, file: TypeScript.SourceFile) => TypeScript.Node | undefined;
};

const awaitOutsideFunction = 1308;

/**
 * A `getPreEmitDiagnosticsOfFiles` for tslab that hands over what stands against running a cell. tslab itself drops complaints about
 * files outside its folder; it refuses the cell when it gets any complaint.
 */
export function createDiagnosticsFinder(
  keep: (diagnostics: readonly PlacedDiagnostic[]) => void,
): FindDiagnostics {
  const ts = loadTypeScript() as InnerTypeScript;
  return (program, files) => {
    const found = ts
      .getPreEmitDiagnosticsOfFiles(program, files)
      .filter((one): one is PlacedDiagnostic => one.file !== undefined && !isAwaitAtTop(ts, one));
    keep(found);
    const cell = files.find(isCell);
    return found.slice(0, 1).map((one) => ({ ...one, file: cell, code: 0, start: 0, length: 0 }));
  };
}

/** A complaint in terms of what the reader wrote: without tslab's first line and what was written into the cell. */
export function placeInCell(
  { file, start, length, code, messageText }: PlacedDiagnostic,
  cell: string,
  { toCell }: PreparedCell,
): CellDiagnostic {
  if (!isCell(file))
    return { file: file.fileName, text: file.text, start, length, code, message: messageText };
  const added = file.text.indexOf("\n") + 1;
  const from = Math.min(cell.length, toCell(start - added));
  const to = Math.min(cell.length, toCell(start + length - added));
  return { file: undefined, text: cell, start: from, length: to - from, code, message: messageText };
}

function isAwaitAtTop(ts: InnerTypeScript, { code, file, start }: TypeScript.Diagnostic): boolean {
  if (code !== awaitOutsideFunction || file === undefined || start === undefined || !isCell(file))
    return false;
  for (let node = ts.findPrecedingToken(start + 1, file); node !== undefined; node = node.parent)
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  return true;
}
