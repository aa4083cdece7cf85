import { isObject, type JsonObject, type Notebook, type NotebookCell } from "./notebook.js";

/** The text of a notebook file, byte for byte as Python's nbformat lays it out, so that diffs stay quiet. */
export function formatNotebook(notebook: Notebook): string {
  return createNotebookFormatter()(notebook);
}

/** Returns {@link formatNotebook} with a memory: a cell that is the same object as before is not laid out again. */
export function createNotebookFormatter(): (notebook: Notebook) => string {
  const known = new WeakMap<NotebookCell, string>();
  const formatKnown = (cell: NotebookCell): string => {
    const text = known.get(cell) ?? formatJson(splitCell(cell), "  ");
    known.set(cell, text);
    return text;
  };
  return ({ cells, ...rest }) => {
    const list = cells.length === 0 ? "[]" : `[\n  ${cells.map(formatKnown).join(",\n  ")}\n ]`;
    // "cells" comes first among the keys of a notebook, which are in order.
    return `{\n "cells": ${list},\n${formatJson(rest, "").slice(2)}\n`;
  };
}

function splitCell(cell: NotebookCell): JsonObject {
  return {
    ...cell,
    source: splitLines(cell.source),
    ...(cell.outputs === undefined ? {} : { outputs: cell.outputs.map(splitOutput) }),
  };
}

function splitOutput(output: JsonObject): JsonObject {
  if (output.output_type === "stream") return { ...output, text: splitLines(String(output.text)) };
  if (!isObject(output.data)) return output;
  const split = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === "string" && isSplit(type) ? splitLines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(split) };
}

function isSplit(type: string): boolean {
  return type.startsWith("text/") || type === "application/javascript" || type === "image/svg+xml";
}

/** Lines with their ends, cut where Python's splitlines cuts. */
function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\r(?!\n)|[\n\v\f\x1c-\x1e\x85\u2028\u2029])(?!$)/);
}

/** JSON with keys in order and one space per level. Written by hand because a key may be `__proto__` or `1`. */
function formatJson(value: unknown, indent: string): string {
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => inner + formatJson(item ?? null, inner)).join(",\n")}\n${indent}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (keys.length === 0) return "{}";
  const members = keys
    .sort()
    .map((key) => `${inner}${JSON.stringify(key)}: ${formatJson(value[key], inner)}`);
  return `{\n${members.join(",\n")}\n${indent}}`;
}
