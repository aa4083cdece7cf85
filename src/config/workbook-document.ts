import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { isMap, isNode, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { InputError } from "../core/errors.js";
import { fileError } from "../core/file-error.js";
import { internWords } from "../core/intern-words.js";

/** Keys and indices from the top of the YAML file: `["sources", "orders", "columns"]`. */
export type KeyPath = readonly (string | number)[];

/** A parsed YAML file that still knows where everything stands. */
export interface WorkbookDocument {
  readonly file: string;
  /** Plain objects and arrays, not checked. */
  readonly value: unknown;
  /** `segbook.yaml line 12, column 5`: where the value at a path begins, or the key itself; else the nearest parent. */
  place(path: KeyPath, part?: "key" | "value"): string;
}

/**
 * Reads and parses a YAML file.
 *
 * @throws InputError if it cannot be read, or is not one valid YAML document, with line and column.
 */
export function readWorkbookDocument(file: string): WorkbookDocument {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file} line ${line}, column ${col}`;
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    // The parser ends this one with advice to programmers.
    const what = problem.code === "MULTIPLE_DOCS" ? "Source contains multiple documents" : problem.message;
    throw new InputError(
      `readWorkbook: file must be valid YAML, got "${what}" at ${placeOf(problem.pos[0])}`,
    );
  }
  return {
    file,
    value: plainValue(document, file),
    place: (path, part = "value") => placeOf(offsetOf(document.contents, path, part)),
  };
}

/** A key path as people write it: `sources.orders.columns.price`, `basis[2]`. */
export function formatKeyPath(path: KeyPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}

function readText(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw fileError(error, {
      caller: "readWorkbook",
      requirement: "file must be a readable YAML file",
      path: file,
    });
  }
  if (!isUtf8(bytes)) throw new InputError(`readWorkbook: file must be UTF-8, got other bytes at ${file}`);
  return new TextDecoder().decode(bytes);
}

function plainValue(document: { toJS(): unknown }, file: string): unknown {
  try {
    return internWords(document.toJS());
  } catch {
    throw new InputError(`readWorkbook: file must not nest aliases without end, got too many at ${file}`);
  }
}

function offsetOf(contents: ParsedNode | null, path: KeyPath, part: "key" | "value"): number {
  let node: unknown = contents;
  let offset = contents?.range[0] ?? 0;
  path.forEach((key, depth) => {
    const pair = isMap(node) ? node.items.find((item) => keyText(item.key) === String(key)) : undefined;
    const wantsKey = part === "key" && depth === path.length - 1;
    node = pair && !wantsKey ? (pair.value ?? pair.key) : (pair?.key ?? childAt(node, key));
    if (isNode(node) && node.range) offset = node.range[0];
  });
  return offset;
}

function keyText(key: unknown): string {
  return String((key as { readonly value?: unknown } | null)?.value ?? "");
}

function childAt(node: unknown, key: string | number): unknown {
  const items = (node as { readonly items?: readonly unknown[] } | undefined)?.items;
  return typeof key === "number" ? items?.[key] : undefined;
}
