import { relative } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { hideFolders } from "./hide-folders.js";
import type { CellError } from "./kernel-error.js";

/** One complaint of the compiler. */
export interface CellDiagnostic {
  /** The path of an imported file; undefined for the cell itself. */
  readonly file: string | undefined;
  /** The whole text of the file or cell. */
  readonly text: string;
  readonly start: number;
  readonly length: number;
  readonly code: number;
  readonly message: string | TypeScript.DiagnosticMessageChain;
}

const maxDiagnostics = 20;
const maxLineLength = 120;

const hints = new Map([
  [2304, "Has the cell that declares it been run?"],
  [2307, "Is it installed, or is the path right? Paths start at the notebook's folder."],
  [2367, "A const has its value as its type; `const name: number = …` admits other numbers."],
  [2588, "Declare it with `let`, or declare it anew with `const`."],
]);

/** Complaints of the compiler as one error: each as `line:column - text`, with the line and a caret under the place. */
export function describeDiagnostics(diagnostics: readonly CellDiagnostic[]): CellError {
  const shown = diagnostics.slice(0, maxDiagnostics);
  const traceback = shown.flatMap((diagnostic) => [
    headline(diagnostic),
    ...excerpt(diagnostic),
    ...hint(diagnostic),
  ]);
  const more = diagnostics.length - shown.length;
  if (more > 0) traceback.push(`and ${more} more`);
  return { ename: "CompileError", evalue: shown[0] ? headline(shown[0]) : "", traceback };
}

function headline(diagnostic: CellDiagnostic): string {
  const { line, column } = placeOf(diagnostic);
  const file = diagnostic.file === undefined ? "" : `${relative(process.cwd(), diagnostic.file)} `;
  return `${file}${line + 1}:${column + 1} - ${hideFolders(messageText(diagnostic.message, 0))}`;
}

function hint({ code }: CellDiagnostic): string[] {
  const text = hints.get(code);
  return text === undefined ? [] : [`    ${text}`];
}

/** What a message goes back to is written under it, further in. */
function messageText(message: CellDiagnostic["message"], depth: number): string {
  if (typeof message === "string") return message;
  const causes = (message.next ?? []).map(
    (cause) => `\n${"  ".repeat(depth + 1)}${messageText(cause, depth + 1)}`,
  );
  return `${message.messageText}${causes.join("")}`;
}

/** A long line is cut to what surrounds the place. */
function excerpt(diagnostic: CellDiagnostic): string[] {
  const { line, column } = placeOf(diagnostic);
  const text = diagnostic.text.split("\n")[line]?.trimEnd() ?? "";
  if (text.trim() === "") return [];
  const from = Math.max(0, Math.min(column - maxLineLength / 2, text.length - maxLineLength));
  const part = text.slice(from, from + maxLineLength).replace(/[^\P{Cc}\t]/gu, " ");
  const before = part.slice(0, column - from).replace(/[^\t]/g, " ");
  const marks = Math.max(1, Math.min(diagnostic.length, part.length - (column - from)));
  return [`    ${part}`, `    ${before}^${"~".repeat(marks - 1)}`];
}

/** Counted from 0. */
function placeOf({ text, start }: CellDiagnostic): { readonly line: number; readonly column: number } {
  const before = text.slice(0, start).split("\n");
  return { line: before.length - 1, column: before.at(-1)!.length };
}
