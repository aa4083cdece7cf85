import { isUtf8 } from "node:buffer";
import type { SourceConfig } from "../config/workbook-config.js";
import { countByte } from "./count-byte.js";
import { type CsvBytes, carriageReturn, lineFeed } from "./csv-field.js";
import { nextRecord } from "./csv-record.js";
import { csvBytesOf, readCsvText } from "./csv-text.js";
import { headerOf } from "./record-ledger.js";

/** What a delimited file without any doubt about its records comes to. */
export interface CsvGlance {
  readonly sha256: string;
  readonly header: readonly string[];
  /** Every row is one line, the first on the line after the header. */
  readonly rowCount: number;
  /** Whether of all blanks only spaces stand in its cells. */
  readonly hasOnlySpaces: boolean;
}

/** Counts that grow while the file is read. */
interface Counts {
  readonly bytes: CsvBytes;
  header: readonly string[];
  lines: number;
  delimiters: number;
  /** 1 for LF, 2 for CRLF; 0 before the first. */
  lineEnd: number;
  hasOnlySpaces: boolean;
}

/** A line this long is left to the careful reader. */
const longestLine = 2_000_000;

/**
 * Looks whether a file is so plain that the database's own reader cannot mistake a record: UTF-8, one kind of line end, no blank
 * line, no line end, NUL or lone carriage return in a field, quotes around whole fields only, as many delimiters in all as
 * records need.
 *
 * A tenth of the time of the careful scan, because it looks for what is rare instead of at every byte. That no single line has
 * too few fields, which another with too many would hide, the database says when it reads.
 *
 * @returns undefined where there is a doubt.
 * @throws InputError (without the file's name) if the file cannot be unpacked or its header cannot be read.
 */
export async function glanceCsv(path: string, source: SourceConfig): Promise<CsvGlance | undefined> {
  const bytes = csvBytesOf(source);
  const isPlain = source.encoding.toLowerCase() === "utf-8" && source.delimiter !== "whitespace";
  if (!isPlain || source.escape !== undefined) return undefined;
  const file = readCsvText(path, source);
  const header = source.header ? [] : source.columnNames;
  const counts: Counts = { bytes, header, lines: 0, delimiters: 0, lineEnd: 0, hasOnlySpaces: true };
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of file.chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = buffer.lastIndexOf(lineFeed) + 1;
    if (end > 0 && !enterLines(counts, buffer.subarray(0, end))) return undefined;
    rest = buffer.subarray(end);
    if (rest.length > longestLine) return undefined;
  }
  if (rest.length > 0 && !enterLines(counts, Buffer.concat([rest, endOf(counts)]))) return undefined;
  const rowCount = counts.lines - (source.header ? 1 : 0);
  const isEven = counts.delimiters === counts.lines * (counts.header.length - 1);
  const { header: names, hasOnlySpaces } = counts;
  return isEven && rowCount > 0
    ? { sha256: file.sha256(), header: names, rowCount, hasOnlySpaces }
    : undefined;
}

function endOf({ lineEnd }: Counts): Buffer {
  return Buffer.from(lineEnd === 2 ? "\r\n" : "\n");
}

/** Enters whole lines. @returns Whether they are beyond doubt. */
function enterLines(counts: Counts, lines: Buffer): boolean {
  if (!isUtf8(lines) || lines.includes(0)) return false;
  if (counts.header.length === 0) counts.header = firstNames(lines, counts.bytes);
  if (counts.header.length < 2 || !hasOneLineEnd(counts, lines)) return false;
  const range = { from: 0, to: lines.length };
  const quoted = delimitersInQuotes(lines, counts.bytes);
  counts.hasOnlySpaces &&= !lines.includes("\t") && !lines.includes("\u00a0");
  counts.lines += countByte(lines, lineFeed, range);
  counts.delimiters += countByte(lines, counts.bytes.delimiter, range) - (quoted ?? 0);
  return quoted !== undefined;
}

function firstNames(lines: Buffer, bytes: CsvBytes): readonly string[] {
  const record = nextRecord(lines, 0, { ...bytes, atEnd: true });
  return record === undefined ? [] : headerOf(record, lines.subarray(0, record.end), bytes);
}

/** All lines end alike, none is blank, and a carriage return stands nowhere else. */
function hasOneLineEnd(counts: Counts, lines: Buffer): boolean {
  const first = lines.indexOf(lineFeed);
  counts.lineEnd ||= first > 0 && lines[first - 1] === carriageReturn ? 2 : 1;
  if (counts.lineEnd === 1) return lines[0] !== lineFeed && !lines.includes("\n\n") && !lines.includes("\r");
  const range = { from: 0, to: lines.length };
  const returns = countByte(lines, carriageReturn, range);
  const isBlank = lines[0] === carriageReturn || lines.includes("\n\r");
  return !isBlank && returns === countByte(lines, lineFeed, range) && everyReturnEndsALine(lines);
}

/** As many carriage returns as line feeds: then one is out of place only where a line feed comes without one. */
function everyReturnEndsALine(lines: Buffer): boolean {
  for (let feed = lines.indexOf(lineFeed); feed >= 0; feed = lines.indexOf(lineFeed, feed + 1))
    if (lines[feed - 1] !== carriageReturn) return false;
  return true;
}

/** Delimiters inside quoted fields; undefined where a quote does not enclose a whole field of one line. */
function delimitersInQuotes(lines: Buffer, { delimiter, quote }: CsvBytes): number | undefined {
  if (quote < 0) return 0;
  let count = 0;
  for (let open = lines.indexOf(quote); open >= 0; ) {
    const before = open === 0 ? lineFeed : lines[open - 1];
    if (before !== delimiter && before !== lineFeed) return undefined;
    let close = lines.indexOf(quote, open + 1);
    while (close >= 0 && lines[close + 1] === quote) close = lines.indexOf(quote, close + 2);
    if (close < 0) return undefined;
    for (let at = open + 1; at < close; at++) {
      if (lines[at] === lineFeed) return undefined;
      if (lines[at] === delimiter) count++;
    }
    const after = lines[close + 1];
    if (after !== delimiter && after !== lineFeed && after !== carriageReturn) return undefined;
    open = lines.indexOf(quote, close + 1);
  }
  return count;
}
