import { type DateReading, sniffDates } from "./date-format.js";
import type { FileSample } from "./file-sample.js";
import { type NumberReading, sniffNumbers } from "./number-style.js";
import { plainWords } from "./plain-words.js";

/** What a sample says about one column. */
export interface ColumnProfile {
  readonly name: string;
  /** Small words of the name: `Dt_Customer` → `dt customer`. */
  readonly words: string;
  readonly index: number;
  /** Filled values, trimmed, in the order of the file. */
  readonly values: readonly string[];
  /** Share of rows without a value, 0…1. */
  readonly missing: number;
  /** Words that stand for no value, as they occur. */
  readonly nullWords: readonly string[];
  /** Value → rows. */
  readonly counts: ReadonlyMap<string, number>;
  readonly numbers?: NumberReading;
  readonly dates?: DateReading;
}

const nullWords: ReadonlySet<string> = new Set([
  "",
  "na",
  "n/a",
  "#n/a",
  "null",
  "none",
  "nan",
  "nil",
  "-",
  "--",
  "?",
  "\\n",
  "(null)",
  "k.a.",
  "n.a.",
  "missing",
]);

/** Profiles every column of a sample. */
export function profileColumns({ header, rows }: FileSample): ColumnProfile[] {
  return header.map((name, index) => profileColumn(name, index, rows));
}

function profileColumn(name: string, index: number, rows: FileSample["rows"]): ColumnProfile {
  const cells = rows.map((row) => row[index]!);
  const values = cells.filter((text) => !nullWords.has(text.toLowerCase()));
  const empty = new Set(cells.filter((text) => text !== "" && nullWords.has(text.toLowerCase())));
  const counts = new Map<string, number>();
  for (const text of values) counts.set(text, (counts.get(text) ?? 0) + 1);
  const dates = sniffDates(values);
  const numbers = sniffNumbers(values);
  return {
    name,
    words: plainWords(name),
    index,
    values,
    missing: rows.length === 0 ? 1 : 1 - values.length / rows.length,
    nullWords: [...empty],
    counts,
    ...(numbers && { numbers }),
    ...(dates && { dates }),
  };
}

/** Whether every filled value occurs once. */
export function isUnique({ values, counts }: ColumnProfile): boolean {
  return values.length > 1 && counts.size === values.length;
}

/** Whether a column has one value. */
export function isConstant({ counts }: ColumnProfile): boolean {
  return counts.size <= 1;
}

/** Share of the commonest value among the filled ones, 0…1. */
export function topShare({ values, counts }: ColumnProfile): number {
  return values.length === 0 ? 1 : Math.max(...counts.values()) / values.length;
}

/** Whether the column holds whole numbers only. */
export function isWhole({ numbers }: ColumnProfile): boolean {
  return numbers !== undefined && numbers.decimals === 0;
}

/** Smallest and largest number of a column. */
export function rangeOf({ numbers }: ColumnProfile): readonly [number, number] {
  const values = numbers?.values ?? [];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Values that at least 1 in 200 rows has; rarer ones may be slips. */
export function usualValues({ values, counts }: ColumnProfile): string[] {
  return [...counts].filter(([, rows]) => rows >= values.length / 200).map(([value]) => value);
}
