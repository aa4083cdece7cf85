import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteText } from "../engine/sql-text.js";

/** Rows of text on their way into the engine: delimited text of our own in a temporary folder. */
export interface RecordFile {
  /** Adds a row; null and empty text are the same. */
  add(fields: readonly (string | null)[]): void;
  /** Ends the writing. @returns SQL that stands after FROM: c0, c1, …, rows in the order added, short ones filled up with NULL. */
  finish(columnCount: number): string;
  /** Removes the file. */
  remove(): void;
}

/** How delimited text is written for the engine, in UTF-8. */
export interface CsvStyle {
  readonly columnCount: number;
  readonly hasHeader: boolean;
  readonly delimiter: string;
  readonly quote: string;
  /** Whether a field may hold a line end: then one thread reads, because several may disagree where a row begins. */
  readonly hasLineBreaks: boolean;
  /** Whether rows may be short. */
  readonly isRagged?: boolean;
}

const flushedLength = 1 << 20;
/** Bytes; the engine's own buffers would be 32 such lines long, and several are held at once. */
const longestLine = 8_000_000;

/** Opens an empty {@link RecordFile}. Memory is a megabyte. */
export function openRecordFile(): RecordFile {
  const folder = mkdtempSync(join(tmpdir(), "segbook-"));
  const path = join(folder, "records.csv");
  const file = openSync(path, "w");
  const widths = new Set<number>();
  let [text, hasLineBreaks, isOpen] = ["", false, true];
  function flush(): void {
    if (text !== "") writeSync(file, text);
    text = "";
  }
  function close(): void {
    if (isOpen) closeSync(file);
    isOpen = false;
  }
  return {
    add(fields) {
      const line = fields.map((field) => fieldText(field ?? "")).join(",");
      hasLineBreaks ||= line.includes("\n") || line.includes("\r");
      widths.add(fields.length);
      text += line === "" ? '""\n' : `${line}\n`;
      if (text.length > flushedLength) flush();
    },
    finish(columnCount) {
      flush();
      close();
      if (columnCount === 0) return "(SELECT NULL::VARCHAR AS c0 WHERE false)";
      const isRagged = widths.size > 1 || !widths.has(columnCount);
      return csvRelation(path, {
        columnCount,
        hasHeader: false,
        delimiter: ",",
        quote: '"',
        hasLineBreaks,
        isRagged,
      });
    },
    remove() {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fieldText(text: string): string {
  return /[",\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** SQL that stands after FROM: a delimited file with columns c0, c1, … of text. Reading fails where a line has another number of fields. */
export function csvRelation(path: string, style: CsvStyle): string {
  const columns = Array.from({ length: style.columnCount }, (_, j) => `'c${j}': 'VARCHAR'`).join(", ");
  const option = (text: string) => quoteText(text, "duckdb");
  return `read_csv(${pathText(path)}, auto_detect = false, header = ${style.hasHeader}, columns = {${columns}},
    strict_mode = true, encoding = 'utf-8', hive_partitioning = false, delim = ${option(style.delimiter)},
    quote = ${option(style.quote)}, escape = ${option(style.quote)}, parallel = ${!style.hasLineBreaks},
    null_padding = ${style.isRagged ?? false}, max_line_size = ${longestLine}, buffer_size = ${4 * longestLine})`;
}

/** A path as a literal that names one file, not a pattern of files. */
export function pathText(path: string): string {
  return quoteText(path.replaceAll(/[*?[]/g, "[$&]"), "duckdb");
}
