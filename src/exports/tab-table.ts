import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { inputsOf } from "../segments/definition-inputs.js";
import { type TargetTask, valueToSend } from "./target-task.js";

/** Writes the rows of a task for a program: a line of names, a line per row, cells by tabs, `\N` for missing. */
export async function writeTabTable(path: string, task: TargetTask): Promise<void> {
  await pipeline(linesOf(task), createWriteStream(path));
}

function* linesOf({ definition, columns, expected }: TargetTask): Generator<string> {
  yield `${inputsOf(definition)
    .map(({ name }) => escapeCell(name))
    .join("\t")}\n`;
  for (let row = 0; row < expected.length; row++)
    yield `${columns.map((column) => cellOf(valueToSend(column, row))).join("\t")}\n`;
}

function cellOf(value: number | string | null): string {
  if (value === null) return "\\N";
  return typeof value === "string" ? escapeCell(value) : String(value);
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escapeCell(text: string): string {
  return text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character]!);
}
