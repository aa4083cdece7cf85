import { personalKind } from "./find-people.js";
import type { FoundText, LeakKind } from "./found-text.js";

/** What a column holds, by its name. */
export type KindOfName = (name: string) => LeakKind | undefined;

/** A value under a name, wherever it stands. */
interface Field {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

const member = /"([^"\\]{1,60})" ?: ?(?:"([^"\\]{1,300})"|(-?\d{1,20})(?![\d.eE]))/g;
const pair = /(?<![\w"])([A-Za-z][\w -]{1,30}?)["']? ?[=:] ?["']([^"'<>\n]{2,200})["']/g;

/** Members of JSON, attributes and settings whose name says that the value is a person's: `"first_name": "…"`, `data-email="…"`. */
export function findFields(text: string, kindOf: KindOfName): readonly FoundText[] {
  const fields = [
    ...Array.from(text.matchAll(member), (match) => fieldOf(match, match[2] ?? match[3]!)),
    ...Array.from(text.matchAll(pair), (match) => fieldOf(match, match[2]!)),
  ];
  return fields.flatMap(({ name, value, offset }): FoundText[] => {
    const kind = kindOf(name.replace(/^data-/, ""));
    return kind === undefined || !isValue(value, kind) ? [] : [{ kind, text: value, offset }];
  });
}

function fieldOf(match: RegExpExecArray, value: string): Field {
  return { name: match[1]!, value, offset: match.index };
}

const wordsOnly =
  /^(?:string|text|number|integer|null|true|false|unknown|none|category|varchar|missing|yes|no)$/i;

/** A value, and not a type, a label or a placeholder. */
function isValue(value: string, kind: LeakKind): boolean {
  const text = value.trim();
  if (text.length < 2 || wordsOnly.test(text) || personalKind(text) !== undefined) return false;
  if (kind === "name") return /^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}?[\p{L}'’.-]+){0,4}$/u.test(text);
  if (kind === "address") return /\p{L}/u.test(text) && /\d/.test(text);
  return /\d|@/.test(text);
}

const table = /<table[\s>][\s\S]*?<\/table>/gi;
const row = /<tr[\s>][\s\S]*?<\/tr>/gi;
const cell = /<t([hd])(?:\s[^<>]*)?>([\s\S]*?)(?=<\/?t[hdr]|<\/table)/gi;

/** Cells of HTML tables under a heading that says that they are a person's. */
export function findTableCells(html: string, kindOf: KindOfName): readonly FoundText[] {
  return Array.from(html.matchAll(table)).flatMap((found) => {
    const rows = Array.from(found[0].matchAll(row), (line) => ({
      cells: cellsOf(line[0]),
      offset: line.index,
    }));
    const kinds = (rows[0]?.cells ?? []).map(kindOf);
    if (kinds.every((kind) => kind === undefined)) return [];
    return rows.slice(1).flatMap(({ cells, offset }) =>
      cells.flatMap((text, i): FoundText[] => {
        const kind = kinds[i];
        if (kind === undefined || !isValue(text, kind)) return [];
        return [{ kind, text, offset: found.index + offset }];
      }),
    );
  });
}

function cellsOf(html: string): string[] {
  return Array.from(html.matchAll(cell), (match) => match[2]!.replace(/<[^<>]*>/g, "").trim());
}

/** Cells of tables that a notebook keeps as data: `"columns": [{ "name": … }], "rows": [[…]]`. */
export function findDataCells(text: string, kindOf: KindOfName): readonly FoundText[] {
  const found: FoundText[] = [];
  for (const match of text.matchAll(
    /"columns" ?: ?(\[[^\]]{0,8000}\])[\s\S]{0,40}?"rows" ?: ?\[\s*(\[[\s\S]{0,20000}?\])\s*\]/g,
  )) {
    const names = Array.from(match[1]!.matchAll(/"name" ?: ?"([^"]*)"/g), (name) => name[1]!);
    const kinds = names.map(kindOf);
    if (kinds.every((kind) => kind === undefined)) continue;
    for (const line of match[2]!.matchAll(/\[([^[\]]*)\]/g)) {
      const cells = Array.from(line[1]!.matchAll(/"([^"]*)"|-?[\d.eE+]+|null/g), (one) => one[1] ?? one[0]);
      cells.forEach((value, i) => {
        const kind = kinds[i];
        if (kind !== undefined && isValue(value, kind))
          found.push({ kind, text: value, offset: match.index });
      });
    }
  }
  return found;
}

/** Cells of delimited text under a name in its first line that says that they are a person's. */
export function findColumns(text: string, kindOf: KindOfName): readonly FoundText[] {
  const header = /^([^\n<{]{1,5000})\n/.exec(text)?.[1];
  const delimiter = header && [",", ";", "\t"].find((one) => header.includes(one));
  if (!delimiter) return [];
  const fieldsOf = (line: string): string[] =>
    line.split(delimiter).map((field) => field.trim().replace(/^"|"$/g, ""));
  const kinds = fieldsOf(header).map(kindOf);
  if (kinds.every((kind) => kind === undefined)) return [];
  return Array.from(text.slice(header.length + 1).matchAll(/[^\n]+/g)).flatMap((line) =>
    fieldsOf(line[0]).flatMap((value, i): FoundText[] => {
      const kind = kinds[i];
      if (kind === undefined || !(kind === "customer-key" || isValue(value, kind))) return [];
      return [{ kind, text: value, offset: header.length + 1 + line.index }];
    }),
  );
}
