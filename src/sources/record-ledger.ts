import { isUtf8 } from "node:buffer";
import { InputError } from "../core/errors.js";
import { type CsvBytes, recordFields } from "./csv-field.js";
import type { CsvRecord, RecordFault } from "./csv-record.js";
import { createLineNumbers, type LineNumbers } from "./line-numbers.js";

/** Faulty lines of one kind. */
export interface FaultyLines {
  readonly rows: number;
  /** The first three. */
  readonly lines: readonly number[];
}

/** Takes the header and every good record in a form without ambiguity: UTF-8, line feeds, quotes only where needed. */
export type RecordSink = (bytes: Buffer) => void;

/** What the records of one file come to so far. Grows while the file is read. */
export interface RecordLedger {
  readonly bytes: CsvBytes;
  readonly sink: RecordSink | undefined;
  /** Names in the first line; empty before it was read. */
  header: readonly string[];
  /** Physical line of the next record, from 1. */
  line: number;
  rowCount: number;
  isRegular: boolean;
  /** Whether a record spans lines. */
  hasLineBreaks: boolean;
  /** Lengths in bytes of the line ends seen: 1 for LF, 2 for CRLF, 0 at the end of the file. */
  readonly lineEnds: Set<number>;
  readonly faults: Map<RecordFault, FaultyLines>;
  readonly lineNumbers: LineNumbers;
  /** Waits for the sink. */
  pieces: Buffer[];
}

/** A ledger before the first record. `header` names the columns of a file that has no header line. */
export function openLedger(
  bytes: CsvBytes,
  { header = [], sink }: { readonly header?: readonly string[]; readonly sink?: RecordSink | undefined },
): RecordLedger {
  return {
    bytes,
    sink,
    header,
    line: 1,
    rowCount: 0,
    isRegular: true,
    hasLineBreaks: false,
    lineEnds: new Set(),
    faults: new Map(),
    lineNumbers: createLineNumbers(),
    pieces: [],
  };
}

/**
 * Enters the next record: the header, a row, a faulty line, or a blank line, which counts as nothing.
 *
 * @param content - The record's bytes, asked for only when they are needed.
 * @param isText - Whether the bytes around are known to be UTF-8 without NUL.
 * @throws InputError (without the file's name) if it is the header and that cannot be read.
 */
export function enterRecord(
  ledger: RecordLedger,
  record: CsvRecord,
  { content, isText, isBlank }: { content: () => Buffer; isText: boolean; isBlank: boolean },
): void {
  const { header, lineEnds } = ledger;
  lineEnds.add(record.next - record.end);
  if (header.length === 0) {
    ledger.header = headerOf(record, content(), ledger.bytes);
    keepRecord(ledger, record, content);
  } else if (!isBlank || header.length === 1) {
    const fault = isText
      ? faultOf(record, header.length)
      : (byteFault(content()) ?? faultOf(record, header.length));
    if (fault === undefined) enterRow(ledger, record, content);
    else enterFault(ledger, fault);
  }
  ledger.line += record.lineCount;
}

/** Hands what is kept so far to the sink. */
export function flushLedger(ledger: RecordLedger): void {
  if (ledger.pieces.length > 0) ledger.sink?.(Buffer.concat(ledger.pieces));
  ledger.pieces = [];
}

function enterRow(ledger: RecordLedger, record: CsvRecord, content: () => Buffer): void {
  ledger.lineNumbers.add(ledger.rowCount, ledger.line);
  ledger.rowCount++;
  ledger.hasLineBreaks ||= record.lineCount > 1;
  keepRecord(ledger, record, content);
}

function enterFault(ledger: RecordLedger, fault: RecordFault): void {
  const { rows, lines } = ledger.faults.get(fault) ?? { rows: 0, lines: [] };
  ledger.faults.set(fault, {
    rows: rows + 1,
    lines: lines.length < 3 ? [...lines, ledger.line] : lines,
  });
  ledger.isRegular = false;
}

const lineFeed = Buffer.from("\n");

function keepRecord(ledger: RecordLedger, { irregular }: CsvRecord, content: () => Buffer): void {
  if (irregular) ledger.isRegular = false;
  if (ledger.sink === undefined) return;
  const needsQuotes = irregular || (ledger.bytes.quote < 0 && content().includes(copyQuote));
  ledger.pieces.push(needsQuotes ? rewritten(content(), ledger.bytes) : content(), lineFeed);
}

/** Encloses fields in a copy of text that has no quotes of its own. */
export const copyQuote = '"';

function rewritten(content: Buffer, bytes: CsvBytes): Buffer {
  const delimiter = String.fromCharCode(bytes.delimiter);
  const quote = bytes.quote < 0 ? copyQuote : String.fromCharCode(bytes.quote);
  const fields = recordFields(content, bytes).map((text) => {
    const needsQuotes = [delimiter, quote, "\n", "\r"].some((part) => text.includes(part));
    return needsQuotes ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text;
  });
  return Buffer.from(fields.join(delimiter), "utf8");
}

function byteFault(content: Buffer): RecordFault | undefined {
  if (!isUtf8(content)) return "invalid-encoding";
  return content.includes(0) ? "nul-byte" : undefined;
}

function faultOf(record: CsvRecord, columnCount: number): RecordFault | undefined {
  if (record.fault !== undefined) return record.fault;
  if (record.fieldCount === columnCount) return undefined;
  return record.fieldCount < columnCount ? "too-few-columns" : "too-many-columns";
}

/** The names in a header line. @throws InputError (without the file's name) if it cannot be read. */
export function headerOf(record: CsvRecord, content: Buffer, bytes: CsvBytes): readonly string[] {
  if (!isUtf8(content))
    throw new InputError(
      "must be written as declared, got other bytes in the header. Say its encoding, such as encoding: latin-1",
    );
  if (content.includes(0))
    throw new InputError(
      "must be utf-8 as declared, got NUL bytes in the header. If it is UTF-16, say encoding: utf-16le or utf-16be",
    );
  if (record.fault !== undefined)
    throw new InputError("must begin with a header line, got a quote in it that is never closed");
  if (content.length === 0) throw new InputError("must begin with a header line, got an empty line");
  if (content.includes(13))
    throw new InputError("must have line ends LF or CRLF, got a carriage return alone in the header");
  return recordFields(content, bytes).map((name) => name.trim());
}
