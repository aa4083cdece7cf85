import { isUtf8 } from "node:buffer";
import type { SourceConfig } from "../config/workbook-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkHeader } from "./csv-header.js";
import type { RecordFault } from "./csv-record.js";
import { readFileBytes } from "./file-bytes.js";
import { checkUnchanged, fileStateOf } from "./file-state.js";
import { type JsonCell, parseJsonRecord } from "./json-record.js";
import { type JsonText, splitArray, splitLines } from "./json-text.js";
import { createLineNumbers } from "./line-numbers.js";
import { plainDigits } from "./number-digits.js";
import { type FileReading, neededColumns, type RawFile } from "./raw-table.js";
import { openRecordFile, type RecordFile } from "./record-file.js";
import type { FaultyLines } from "./record-ledger.js";

/** More names than any table has: then the names are data. */
const mostColumns = 10_000;

/**
 * Opens a JSON file, an array of objects, or one object per line (NDJSON), record by record.
 *
 * Numbers keep their digits, a missing field is an empty cell, objects within objects become columns with dots in their names.
 *
 * @throws InputError (without the file's name) if the text is no such file, lacks a column, or a needed cell holds a list.
 */
export async function openJsonFile({ source, file: { path, written } }: FileReading): Promise<RawFile> {
  const state = fileStateOf(path);
  const bytes = readFileBytes(path, source.encoding);
  const records = openRecordFile();
  const reading = openReading(source, records);
  try {
    for await (const text of source.format === "json" ? splitArray(bytes.chunks) : splitLines(bytes.chunks))
      enterText(reading, text);
    const header = [...reading.columns.keys()];
    if (reading.rowCount > 0) checkHeader({ header, needed: neededColumns(source) });
    return {
      written,
      sha256: bytes.sha256(),
      header,
      relation: records.finish(header.length),
      rowCount: reading.rowCount,
      faults: reading.faults,
      cells: [],
      notes: [],
      lineOf: reading.lineNumbers.lineOf,
      async release() {
        records.remove();
        checkUnchanged(path, state);
      },
    };
  } catch (error) {
    records.remove();
    throw error;
  }
}

function openReading(source: SourceConfig, records: RecordFile) {
  return {
    source,
    records,
    needed: new Set(neededColumns(source)),
    /** Name → place, in the order in which they are met. */
    columns: new Map<string, number>(),
    faults: new Map<RecordFault, FaultyLines>(),
    lineNumbers: createLineNumbers(),
    rowCount: 0,
  };
}

type JsonReading = ReturnType<typeof openReading>;

function enterText(reading: JsonReading, { line, bytes }: JsonText): void {
  const cells = bytes === undefined ? "line-too-long" : cellsOf(bytes);
  if (typeof cells === "string") {
    const { rows, lines } = reading.faults.get(cells) ?? { rows: 0, lines: [] };
    reading.faults.set(cells, { rows: rows + 1, lines: lines.length < 3 ? [...lines, line] : lines });
    return;
  }
  reading.records.add(rowOf(reading, cells, line));
  reading.lineNumbers.add(reading.rowCount, line);
  reading.rowCount++;
}

/** A JSON number always has a point; the workbook may declare commas for the texts of the same column. */
function numberText(text: string, { decimalSeparator }: SourceConfig): string {
  return plainDigits(text).replace(".", decimalSeparator);
}

function cellsOf(bytes: Buffer): JsonCell[] | RecordFault {
  return isUtf8(bytes) ? parseJsonRecord(bytes.toString("utf8")) : "invalid-encoding";
}

function rowOf(
  { columns, needed, source }: JsonReading,
  cells: readonly JsonCell[],
  line: number,
): (string | null)[] {
  for (const { name } of cells) if (!columns.has(name)) columns.set(name, columns.size);
  if (columns.size > mostColumns)
    throw new InputError(`must have at most ${mostColumns} different fields, got more by line ${line}`);
  const row = Array<string | null>(columns.size).fill(null);
  for (const { name, text, type } of cells) {
    if (type === "list" && needed.has(name))
      throw new InputError(
        `must hold one value in every field ${describeValue(name)}, got a list at line ${line}. Write its parts as fields of their own`,
      );
    row[columns.get(name)!] = type === "number" ? numberText(text!, source) : text;
  }
  return row;
}
