import { type CsvBytes, carriageReturn, fieldAt, lineFeed } from "./csv-field.js";

/** Why a record cannot be read as the declared number of fields. */
export type RecordFault =
  | "too-few-columns"
  | "too-many-columns"
  | "unterminated-quote"
  | "invalid-encoding"
  | "nul-byte"
  | "line-too-long"
  | "broken-json"
  | "repeated-field";

/** One record in a buffer. A faulty one is always a single physical line, so that a stray quote swallows nothing. */
export interface CsvRecord {
  /** First byte after the record, its line end excluded. */
  readonly end: number;
  /** First byte of the next record. */
  readonly next: number;
  /** Physical lines that it spans. */
  readonly lineCount: number;
  readonly fieldCount: number;
  readonly fault?: "unterminated-quote" | "line-too-long";
  /** Written in a way that readers disagree about: spaces around quotes, a lone carriage return. */
  readonly irregular: boolean;
}

/** Longest record in bytes; the database refuses longer ones. */
export const longestRecord = 2_000_000;

/**
 * The record that begins at `start`, or undefined where the buffer ends before it does.
 *
 * A quote opens a field only at its beginning and must be followed by a delimiter or line end when it closes. Where it does
 * not, or where the record would span whole lines of other records, only the line with the open quote is faulty.
 */
export function nextRecord(
  buffer: Buffer,
  start: number,
  options: CsvBytes & { readonly atEnd: boolean; readonly columnCount?: number },
): CsvRecord | undefined {
  const plain = plainRecord(buffer, start, options);
  if (plain !== "quoted") return plain;
  const record = quotedRecord(buffer, start, options);
  if (record === "incomplete") return undefined;
  if (record !== "broken" && !swallowsLines(buffer, start, { record, ...options })) return record;
  const line = lineAt(buffer, start, options);
  if (line === undefined) return undefined;
  const fault = line.end - start > longestRecord ? "line-too-long" : "unterminated-quote";
  return { ...line, lineCount: 1, fieldCount: 0, fault, irregular: false };
}

/** The record of a line without a quote, in one pass over its bytes, because nearly every line is one. */
function plainRecord(
  buffer: Buffer,
  start: number,
  { delimiter, quote, atEnd }: CsvBytes & { readonly atEnd: boolean },
): CsvRecord | "quoted" | undefined {
  let fieldCount = 1;
  let returns = 0;
  let at = start;
  for (; at < buffer.length && buffer[at] !== lineFeed; at++) {
    const byte = buffer[at];
    if (byte === delimiter) fieldCount++;
    else if (byte === quote) return "quoted";
    else if (byte === carriageReturn) returns++;
  }
  if (at === buffer.length && !atEnd) return undefined;
  const endsWithReturn = at > start && buffer[at - 1] === carriageReturn;
  const end = endsWithReturn ? at - 1 : at;
  const next = Math.min(at + 1, buffer.length);
  const irregular = returns > (endsWithReturn ? 1 : 0);
  const record = { end, next, lineCount: 1, fieldCount, irregular };
  return end - start > longestRecord ? { ...record, fault: "line-too-long" } : record;
}

/** Where a physical line ends; the carriage return before a line feed belongs to the line end. */
function lineAt(
  buffer: Buffer,
  start: number,
  { atEnd }: { readonly atEnd: boolean },
): { readonly end: number; readonly next: number } | undefined {
  const feed = buffer.indexOf(lineFeed, start);
  if (feed < 0 && !atEnd) return undefined;
  const stop = feed < 0 ? buffer.length : feed;
  const end = stop > start && buffer[stop - 1] === carriageReturn ? stop - 1 : stop;
  return { end, next: feed < 0 ? stop : feed + 1 };
}

function quotedRecord(
  buffer: Buffer,
  start: number,
  { atEnd, ...bytes }: CsvBytes & { readonly atEnd: boolean },
): CsvRecord | "incomplete" | "broken" {
  let fieldCount = 1;
  let irregular = false;
  let lineCount = 1;
  let at = start;
  for (;;) {
    const field = fieldAt(buffer, at, bytes);
    if (field === "broken") return "broken";
    if (field === "open") return atEnd || buffer.length - start > longestRecord ? "broken" : "incomplete";
    irregular ||= field.irregular;
    lineCount += field.isQuoted ? countByte(buffer, lineFeed, { start: at, end: field.stop }) : 0;
    if (buffer[field.stop] !== bytes.delimiter) {
      const line = lineAt(buffer, field.stop, { atEnd });
      if (line === undefined) return "incomplete";
      if (line.end - start > longestRecord) return "broken";
      return { ...line, lineCount, fieldCount, irregular };
    }
    fieldCount++;
    at = field.stop + 1;
  }
}

/**
 * Two stray quotes can pair up into one field that swallows the records between them. Then every line of the record holds as
 * many delimiters as a record of its own; honest text with line breaks does not.
 */
function swallowsLines(
  buffer: Buffer,
  start: number,
  options: CsvBytes & { readonly record: CsvRecord; readonly columnCount?: number },
): boolean {
  const { record, delimiter, columnCount = 0 } = options;
  if (record.lineCount === 1 || columnCount < 3) return false;
  let at = start;
  for (let k = 1; k < record.lineCount; k++) {
    const end = buffer.indexOf(lineFeed, at);
    if (countByte(buffer, delimiter, { start: at, end }) !== columnCount - 1) return false;
    at = end + 1;
  }
  return countByte(buffer, delimiter, { start: at, end: record.end }) >= columnCount - 1;
}

function countByte(
  buffer: Buffer,
  byte: number,
  { start, end }: { readonly start: number; readonly end: number },
): number {
  let count = 0;
  for (let i = start; i < end; i++) if (buffer[i] === byte) count++;
  return count;
}
