import { Document, isScalar, isSeq, visit } from "yaml";
import type { Entry } from "./entry.js";

/** Widest line that a comment may make; beyond it the comment stands above. */
const widest = 130;

/** Entries as YAML, two blanks a level, comments side by side. Any text round-trips: quotes, line ends, `#`, `: `, emoji. */
export function yamlText(entries: readonly Entry[]): string {
  return `${linesOf(entries, "").join("\n")}\n`;
}

function linesOf(entries: readonly Entry[], indent: string): string[] {
  const written = entries.map((entry) => ({
    entry,
    text: `${indent}${flowText(entry.key)}:${valueText(entry)}`,
  }));
  const noted = written.filter(({ entry, text }) => entry.note !== undefined && fits(text, entry.note));
  const width = Math.max(0, ...noted.map(({ text }) => text.length));
  return written.flatMap(({ entry, text }) => {
    const { note, above = [], entries: inner = [] } = entry;
    const comments = above.flatMap((comment) => commentLines(comment, indent));
    const isBeside = note !== undefined && fits(text, note);
    const line = isBeside
      ? `${fits(text.padEnd(width), note) ? text.padEnd(width) : text}  # ${plainText(note)}`
      : text;
    const before = note !== undefined && !isBeside ? commentLines(note, indent) : [];
    return [...comments, ...before, line, ...linesOf(inner, `${indent}  `)];
  });
}

function fits(text: string, note: string): boolean {
  return text.length + note.length + 4 <= widest;
}

function valueText({ value, entries }: Entry): string {
  return entries !== undefined || value === undefined ? "" : ` ${flowText(value)}`;
}

/** A value on one line: `[1, 5]`, `{ column: Age, type: number }`. */
function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${flowText(key)}: ${flowText(inner)}`)
      .join(", ")} }`;
  return scalarText(value);
}

/** A scalar as it must be written inside braces, which is safe everywhere on a line. */
function scalarText(value: unknown): string {
  const document = new Document([value]);
  visit(document, (_, node) => {
    if (isSeq(node)) node.flow = true;
    // A block of lines would break the line.
    if (isScalar(node) && typeof node.value === "string" && /[\n\r\t\u0085\u2028\u2029]/.test(node.value))
      node.type = "QUOTE_DOUBLE";
  });
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: false })
    .trimEnd()
    .slice(1, -1);
}

/** A comment in lines of bearable length; hostile names cannot end it. */
function commentLines(comment: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of plainText(comment).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + last.length + word.length < 118)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `${indent}# ${line}`);
}

function plainText(comment: string): string {
  return comment.replace(/[\p{Control}\u2028\u2029\s]+/gu, " ").trim();
}
