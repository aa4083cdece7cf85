import { recordFields } from "../sources/csv-field.js";
import { nextRecord } from "../sources/csv-record.js";
import { readDate } from "./date-format.js";

/** How delimited text is written. */
export interface Dialect {
  /** One character, or `whitespace`: runs of spaces and tabs. */
  readonly delimiter: string;
  /** One character, or empty: nothing is quoted. */
  readonly quote: string;
  /** Whether the first record holds the columns' names. */
  readonly hasHeader: boolean;
}

const delimiters = [",", ";", "\t", "|", ":", "~", "^"] as const;

/** How many records decide. */
const judged = 200;

/**
 * The dialect in which most records have the same number of fields, and more than one.
 *
 * @param text - UTF-8 bytes from the beginning of the file; the last record may be cut off.
 */
export function sniffDialect(text: Buffer, { isWhole }: { readonly isWhole: boolean }): Dialect {
  const quote = sniffQuote(text);
  const scored = delimiters.map((delimiter) => ({
    delimiter: delimiter as string,
    score: evenness(recordsOf(text, { delimiter, quote }, { isWhole })),
  }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  const bySpace = evenness(recordsOf(text, { delimiter: "whitespace", quote }, { isWhole }));
  const delimiter = best.score >= 0.5 ? best.delimiter : bySpace > 0.8 ? "whitespace" : ",";
  const records = recordsOf(text, { delimiter, quote }, { isWhole });
  return { delimiter, quote, hasHeader: looksLikeHeader(records) };
}

/** The first records of a text, as fields; a record that the end of the sample cuts off is left out. */
export function recordsOf(
  text: Buffer,
  { delimiter, quote }: Pick<Dialect, "delimiter" | "quote">,
  { isWhole, limit = judged }: { readonly isWhole: boolean; readonly limit?: number },
): string[][] {
  if (delimiter === "whitespace") return spacedRecords(text, { isWhole, limit });
  const bytes = { delimiter: delimiter.charCodeAt(0), quote: quote === "" ? -1 : quote.charCodeAt(0) };
  const records: string[][] = [];
  for (let at = 0; at < text.length && records.length < limit; ) {
    const record = nextRecord(text, at, { ...bytes, atEnd: isWhole });
    if (record === undefined) break;
    if (record.end > at && record.fault === undefined)
      records.push(recordFields(text.subarray(at, record.end), bytes));
    at = record.next;
  }
  return records;
}

function spacedRecords(
  text: Buffer,
  { isWhole, limit }: { readonly isWhole: boolean; readonly limit: number },
): string[][] {
  const lines = text.toString("utf8").split(/\r?\n/);
  return (isWhole ? lines : lines.slice(0, -1))
    .slice(0, limit)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/[ \t]+/));
}

/** Share of records with the commonest number of fields, 0 where that is 1. */
function evenness(records: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [fields, rows] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  if (fields < 2 || records.length === 0) return 0;
  // Between two that fit equally well the one with more columns is right: a decimal comma also splits evenly.
  return rows / records.length + fields / 10_000;
}

/** A single quote counts only where it opens fields: apostrophes stand inside words. */
function sniffQuote(text: Buffer): string {
  const sample = text.toString("utf8", 0, 200_000);
  const opens = (mark: string) =>
    sample.match(new RegExp(`(^|[,;\\t|\\n])${mark}[^${mark}\\n]*${mark}(?=[,;\\t|\\r\\n]|$)`, "g"))
      ?.length ?? 0;
  return opens("'") > 2 && opens('"') === 0 ? "'" : '"';
}

/** A header holds names: every field filled, none a number or a day, none twice. */
function looksLikeHeader(records: readonly string[][]): boolean {
  const [first, ...others] = records;
  if (first === undefined) return true;
  if (first.some(isValue)) return false;
  const names = first.map((name) => name.trim()).filter((name) => name !== "");
  if (new Set(names).size < names.length || others.length === 0) return others.length === 0;
  const hasNumbers = others.some((record) => record.some(isValue));
  // Where nothing is a number the first line is one more row if its words occur below.
  return hasNumbers || !first.some((name, j) => others.some((record) => record[j] === name));
}

function isValue(field: string): boolean {
  const text = field.trim();
  return /^[+-]?[\d.,]*\d[\d.,]*$/.test(text) || readDate(text, "%Y-%m-%d") !== undefined;
}
