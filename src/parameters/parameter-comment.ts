import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { type ParameterNotes, parseNotes } from "./parameter-notes.js";

/** What the comments of a declaration say: the one behind it on its line, and those directly above it. */
export function readNotes(declaration: TypeScript.VariableDeclaration): ParameterNotes {
  const ts = loadTypeScript();
  const statement = declaration.parent.parent;
  const { text } = declaration.getSourceFile();
  const behind = ts.getTrailingCommentRanges(text, statement.getEnd()) ?? [];
  const above = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  return parseNotes(
    behind.flatMap((range) => linesOf(text, range)),
    touching(text, above, statement.getStart()).flatMap((range) => linesOf(text, range)),
  );
}

/** The comments above that no empty line parts from the declaration. */
function touching(
  text: string,
  comments: readonly TypeScript.CommentRange[],
  start: number,
): readonly TypeScript.CommentRange[] {
  const ends = [...comments.slice(1).map(({ pos }) => pos), start];
  const isParted = comments.map(({ end }, i) => /\n\s*\n/.test(text.slice(end, ends[i])));
  return comments.slice(isParted.lastIndexOf(true) + 1);
}

/** The lines of a comment without its marks. */
function linesOf(text: string, { pos, end }: TypeScript.CommentRange): string[] {
  const inside = text.slice(pos, end).replace(/^\/(?:\/+|\*+)|\*+\/$/g, "");
  return inside.split("\n").map((line) => line.replace(/^\s*\*+ ?/, "").trim());
}
