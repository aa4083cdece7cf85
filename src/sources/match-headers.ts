import { describeValue, listForMessage } from "../core/check.js";
import type { RawFile } from "./raw-table.js";

/** The files of a source under one header. */
export interface MatchedFiles {
  /** Columns of the first file, then those that later files have more. */
  readonly header: readonly string[];
  /** For each file SQL that stands after FROM: c0, c1, … in the order of `header`; NULL where the file lacks a column. */
  readonly relations: readonly string[];
  /** Which file has other columns than the first, one sentence each. */
  readonly notes: readonly string[];
}

/** Puts columns of the same name one below the other, whatever their order in each file; names that repeat are matched in turn. */
export function matchHeaders(files: readonly RawFile[]): MatchedFiles {
  const keys = files.map(({ header }) => keysOf(header));
  const all = [...new Set(keys.flat())];
  const [first = []] = keys;
  const relations = files.map(({ relation }, i) => {
    if (keys[i]!.length === all.length && keys[i]!.every((key, j) => key === all[j])) return relation;
    const columns = all.map((key, j) => {
      const at = keys[i]!.indexOf(key);
      return `${at < 0 ? "NULL::VARCHAR" : `c${at}`} AS c${j}`;
    });
    return `(SELECT ${columns.join(", ")} FROM ${relation})`;
  });
  const notes = files.flatMap(({ written }, i) => [
    ...noteOf(written, "has a column that the first file has not", without(keys[i]!, first)),
    ...noteOf(written, "has not every column of the first file; missing", without(first, keys[i]!)),
  ]);
  return { header: all.map((key) => key.slice(key.indexOf(" ") + 1)), relations, notes };
}

/** Which occurrence of which name: `0 name`. */
function keysOf(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((name) => {
    const turn = seen.get(name) ?? 0;
    seen.set(name, turn + 1);
    return `${turn} ${name}`;
  });
}

function without(keys: readonly string[], others: readonly string[]): string[] {
  return keys.filter((key) => !others.includes(key)).map((key) => key.slice(key.indexOf(" ") + 1));
}

function noteOf(written: string, what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${written} ${what}: ${listForMessage(names.map(describeValue))}`];
}
