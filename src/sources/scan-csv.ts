import { isUtf8 } from "node:buffer";
import type { SourceConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { type CsvBytes, type CsvRecord, nextRecord, type RecordFault, recordFields } from "./csv-record.js";
import { readFileBytes } from "./file-bytes.js";

/** What one pass over a delimited file finds. */
export interface CsvScan {
  readonly sha256: string;
  /** Names in the first line. */
  readonly header: readonly string[];
  /** Records below the header with as many fields as the header. */
  readonly rowCount: number;
  readonly faults: ReadonlyMap<RecordFault, FaultyLines>;
  /** Physical line, counted from 1 with the header, on which the n-th good record (from 0) begins. */
  lineOf(row: number): number;
  /** No fault and nothing that readers disagree about, so that the database may read the file as it is. */
  readonly isRegular: boolean;
}

export interface FaultyLines {
  readonly rows: number;
  /** The first three. */
  readonly lines: readonly number[];
}

/** Takes the header and every good record in a form without ambiguity: UTF-8, line feeds, quotes only where needed. */
export type RecordSink = (bytes: Buffer) => void;

/** A line this long is no text file. */
const longestLine = 64 * 1024 * 1024;

/**
 * Reads a delimited file once, record by record, and accounts for every line.
 *
 * The database's own reader loses rows after a stray quote in a large file; this pass decides what a record is, and the
 * database must then agree. O(bytes); memory is one chunk and one record.
 *
 * @throws InputError (without the file's name) if the file is not text in the declared encoding, is empty, or cannot be unpacked.
 */
export async function scanCsv(path: string, source: SourceConfig, sink?: RecordSink): Promise<CsvScan> {
  const bytes: CsvBytes = {
    delimiter: source.delimiter.charCodeAt(0),
    quote: source.quote === "" ? -1 : source.quote.charCodeAt(0),
  };
  const file = readFileBytes(path, source.encoding);
  const ledger = openLedger(bytes, sink);
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of file.chunks) {
      const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      rest = buffer.subarray(takeRecords(buffer, ledger, { ...bytes, atEnd: false }));
      if (rest.length > longestLine)
        throw new InputError("must have line ends LF or CRLF, got a line of more than 64 MB");
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_"))
      throw new InputError("must be a gzip file as its name says, got bytes that do not unpack");
    throw error;
  }
  takeRecords(rest, ledger, { ...bytes, atEnd: true });
  return ledger.close(file.sha256(), source);
}

function takeRecords(
  buffer: Buffer,
  ledger: Ledger,
  options: CsvBytes & { readonly atEnd: boolean },
): number {
  const isText = isUtf8(buffer.subarray(0, buffer.lastIndexOf(10) + 1 || buffer.length));
  let at = 0;
  while (at < buffer.length) {
    const { columnCount } = ledger;
    const record = nextRecord(buffer, at, { ...options, ...(columnCount > 0 && { columnCount }) });
    if (record === undefined) break;
    const content = buffer.subarray(at, record.end);
    ledger.add(record, content, isText || isUtf8(content));
    at = record.next;
  }
  ledger.flush();
  return at;
}

interface Ledger {
  readonly columnCount: number;
  add(record: CsvRecord, content: Buffer, isText: boolean): void;
  flush(): void;
  close(sha256: string, source: SourceConfig): CsvScan;
}

function openLedger(bytes: CsvBytes, sink: RecordSink | undefined): Ledger {
  let header: readonly string[] | undefined;
  let line = 1;
  let rowCount = 0;
  let isRegular = true;
  const lineEnds = new Set<number>();
  const faults = new Map<RecordFault, { rows: number; lines: number[] }>();
  /** From this row on, line − row is this. */
  const shifts: { readonly row: number; readonly shift: number }[] = [];
  let pieces: Buffer[] = [];

  function keep(record: CsvRecord, content: Buffer): void {
    if (sink !== undefined) pieces.push(record.irregular ? rewritten(content, bytes) : content, lineFeed);
    isRegular &&= !record.irregular;
  }
  function addFault(fault: RecordFault): void {
    const found = faults.get(fault) ?? { rows: 0, lines: [] };
    found.rows++;
    if (found.lines.length < 3) found.lines.push(line);
    faults.set(fault, found);
    isRegular = false;
  }
  function addRow(record: CsvRecord, content: Buffer): void {
    if (shifts.at(-1)?.shift !== line - rowCount) shifts.push({ row: rowCount, shift: line - rowCount });
    rowCount++;
    keep(record, content);
  }
  return {
    get columnCount() {
      return header?.length ?? 0;
    },
    add(record, content, isText) {
      lineEnds.add(record.next - record.end);
      if (header === undefined) {
        header = headerOf(record, content, { bytes, isText });
        keep(record, content);
      } else if (content.length > 0 || header.length === 1) {
        const fault = faultOf(record, header.length, isText);
        if (fault === undefined) addRow(record, content);
        else addFault(fault);
      }
      line += record.lineCount;
    },
    flush() {
      if (pieces.length > 0) sink?.(Buffer.concat(pieces));
      pieces = [];
    },
    close(sha256, source) {
      if (header === undefined) throw new InputError("must begin with a header line, got an empty file");
      lineEnds.delete(0);
      const isPlain = isRegular && lineEnds.size <= 1 && source.encoding === "utf-8";
      return { sha256, header, rowCount, faults, isRegular: isPlain, lineOf: (row) => lineOf(row, shifts) };
    },
  };
}

const lineFeed = Buffer.from("\n");

function faultOf(record: CsvRecord, columnCount: number, isText: boolean): RecordFault | undefined {
  if (!isText) return "invalid-encoding";
  if (record.fault !== undefined) return record.fault;
  if (record.fieldCount === columnCount) return undefined;
  return record.fieldCount < columnCount ? "too-few-columns" : "too-many-columns";
}

function headerOf(
  record: CsvRecord,
  content: Buffer,
  { bytes, isText }: { readonly bytes: CsvBytes; readonly isText: boolean },
): readonly string[] {
  if (!isText)
    throw new InputError("must be utf-8 as declared, got other bytes in the header. Say encoding: latin-1");
  if (record.fault !== undefined)
    throw new InputError("must begin with a header line, got a quote in it that is never closed");
  if (content.length === 0) throw new InputError("must begin with a header line, got an empty line");
  if (content.includes(13))
    throw new InputError("must have line ends LF or CRLF, got a carriage return alone in the header");
  return recordFields(content, bytes).map((name) => name.trim());
}

function rewritten(content: Buffer, bytes: CsvBytes): Buffer {
  const delimiter = String.fromCharCode(bytes.delimiter);
  const quote = bytes.quote < 0 ? "" : String.fromCharCode(bytes.quote);
  const fields = recordFields(content, bytes).map((text) => {
    const needsQuotes = [delimiter, quote, "\n", "\r"].some((part) => part !== "" && text.includes(part));
    return needsQuotes ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text;
  });
  return Buffer.from(fields.join(delimiter), "utf8");
}

function lineOf(row: number, shifts: readonly { readonly row: number; readonly shift: number }[]): number {
  let low = 0;
  let high = shifts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (shifts[middle]!.row <= row) low = middle;
    else high = middle - 1;
  }
  return row + (shifts[low]?.shift ?? 2);
}
