import { isUtf8 } from "node:buffer";
import type { SourceConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import { nextRecord, type RecordFault } from "./csv-record.js";
import { csvBytesOf, readCsvText } from "./csv-text.js";
import {
  enterRecord,
  type FaultyLines,
  flushLedger,
  openLedger,
  type RecordLedger,
  type RecordSink,
} from "./record-ledger.js";

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
  /** Whether a record spans lines. */
  readonly hasLineBreaks: boolean;
  /** No fault and nothing that readers disagree about, so that the database may read the file as it is. */
  readonly isRegular: boolean;
}

/** A line this long is no text file. */
const longestLine = 64 * 1024 * 1024;

/**
 * Reads a delimited file once, record by record, and accounts for every line.
 *
 * The database's own reader loses rows after a stray quote in a large file; this pass decides what a record is, and the
 * database must then agree. O(bytes); memory is one chunk and one record.
 *
 * @param sink - Given, it receives every good record.
 * @throws InputError (without the file's name) if the file is not text in the declared encoding, is empty, or cannot be unpacked.
 */
export async function scanCsv(path: string, source: SourceConfig, sink?: RecordSink): Promise<CsvScan> {
  const file = readCsvText(path, source);
  const ledger = openLedger(csvBytesOf(source), { header: source.header ? [] : source.columnNames, sink });
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of file.chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = buffer.subarray(takeRecords(buffer, ledger, false));
    if (rest.length > longestLine)
      throw new InputError("must have line ends LF or CRLF, got a line of more than 64 MB");
  }
  takeRecords(rest, ledger, true);
  if (ledger.header.length === 0) throw new InputError("must begin with a header line, got an empty file");
  return closeLedger(ledger, file.sha256(), source);
}

/** Enters the whole records of a buffer and returns where the unfinished one begins. */
function takeRecords(buffer: Buffer, ledger: RecordLedger, atEnd: boolean): number {
  const lines = buffer.subarray(0, buffer.lastIndexOf(10) + 1 || buffer.length);
  const isText = isUtf8(lines) && !lines.includes(0);
  const options = { ...ledger.bytes, atEnd };
  let at = 0;
  while (at < buffer.length) {
    const start = at;
    const record = nextRecord(buffer, start, { ...options, columnCount: ledger.header.length });
    if (record === undefined) break;
    const content = () => buffer.subarray(start, record.end);
    enterRecord(ledger, record, { content, isText, isBlank: record.end === start });
    at = record.next;
  }
  flushLedger(ledger);
  return at;
}

function closeLedger(ledger: RecordLedger, sha256: string, source: SourceConfig): CsvScan {
  const { header, rowCount, faults, lineNumbers, lineEnds, hasLineBreaks } = ledger;
  const hasOneLineEnd = !(lineEnds.has(1) && lineEnds.has(2));
  const isUtf8Text = source.encoding.toLowerCase() === "utf-8" && source.delimiter !== "whitespace";
  const isRegular = ledger.isRegular && hasOneLineEnd && isUtf8Text;
  return { sha256, header, rowCount, faults, hasLineBreaks, isRegular, lineOf: lineNumbers.lineOf };
}
