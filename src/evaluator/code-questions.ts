import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { CellCompiler } from "./cell-compiler.js";

/** Names that fit at a place in the code; places count code points. */
export interface CodeCompletions {
  readonly matches: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** A place in code; counts code points, as Jupyter does. */
export interface CursorPlace {
  readonly code: string;
  readonly cursor: number;
}

/** The part of a cell that is `name?`, `name??` or `?name` and nothing else. */
const question = /^\s*(?:\?{1,2}\s*([\w$.]+)|([\w$.]+)\s*\?{1,2})\s*;?\s*$/;

/** The name that a cell asks about; undefined for a cell that is code. */
export function questionedName(code: string): string | undefined {
  const match = question.exec(code);
  return match?.[1] ?? match?.[2];
}

/** Type and documentation of the name at a place, or that ends there; undefined where there is no known name. */
export function inspectCode(
  compiler: CellCompiler,
  declarations: string,
  { code, cursor }: CursorPlace,
): string | undefined {
  const position = toUnits(code, cursor);
  for (const place of [position, position - 1]) {
    if (place < 0 || !/[\w$\u0080-\uffff]/.test(code[place] ?? "")) continue;
    const info = compiler.inspect(declarations, code, place);
    const text = info === undefined ? "" : documentation(info);
    if (text !== "") return text;
  }
  return undefined;
}

/** Names that begin with what stands before the place; where nothing was begun only members and properties are offered. */
export function completeCode(
  compiler: CellCompiler,
  declarations: string,
  { code, cursor }: CursorPlace,
): CodeCompletions {
  const position = toUnits(code, cursor);
  const none = { matches: [], start: cursor, end: cursor };
  if (code.trim() === "") return none;
  const { candidates, start, end, original } = compiler.complete(declarations, code, position);
  const isWithin = original?.isMemberCompletion === true || /["'`/]$/.test(code.slice(0, position));
  if (start === position && !isWithin) return none;
  const typed = code.slice(start, Math.max(start, position)).toLowerCase();
  const matches = candidates.filter((name) => name.toLowerCase().startsWith(typed));
  return { matches: ownLast(matches), start: toPoints(code, start), end: toPoints(code, end) };
}

/** What a package keeps for itself comes last. */
function ownLast(names: readonly string[]): string[] {
  const isOwn = (name: string): boolean => /^[$_]/.test(name);
  return [...names.filter((name) => !isOwn(name)), ...names.filter(isOwn)];
}

/** A name that stands for nothing is explained as a bare "any". */
function documentation(info: TypeScript.QuickInfo): string {
  const join = (parts: readonly { readonly text: string }[] = []): string =>
    parts.map(({ text }) => text).join("");
  const signature = join(info.displayParts);
  if (signature === "any") return "";
  const tags = (info.tags ?? []).map(({ name, text }) => `@${name} ${join(text)}`.trimEnd());
  return [signature, join(info.documentation), tags.join("\n")].filter((part) => part !== "").join("\n\n");
}

/** Jupyter counts code points, JavaScript units of UTF-16. */
function toUnits(code: string, points: number): number {
  return [...code].slice(0, points).join("").length;
}

function toPoints(code: string, units: number): number {
  return [...code.slice(0, units)].length;
}
