import { cleaningColumns } from "../config/cleaning-config.js";
import { rowKey } from "../config/row-key.js";
import { itemColumn } from "../config/scale-item.js";
import type { SourceConfig } from "../config/workbook-config.js";
import type { MissingCells } from "./account.js";
import type { RecordFault } from "./csv-record.js";
import type { FoundFile } from "./find-files.js";
import type { FaultyLines } from "./record-ledger.js";

/** One file of a source (or one table of a database), ready for the engine to read as text. */
export interface RawFile {
  /** As the account calls it. */
  readonly written: string;
  /** Of the file's own bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly header: readonly string[];
  /** SQL that stands after FROM: c0, c1, … as text in the order of the header, rows in the order of the file. */
  readonly relation: string;
  /** The same rows with the file's own columns beside the texts; absent: the file has only text. */
  readonly native?: NativeColumns;
  /** Whether it was seen that of all blanks only spaces stand in its cells. */
  readonly hasOnlySpaces?: boolean;
  /** Readable rows. */
  readonly rowCount: number;
  readonly faults: ReadonlyMap<RecordFault, FaultyLines>;
  /** Cells that the file itself calls an error; they count as missing. */
  readonly cells: readonly MissingCells[];
  /** What a person should know of how the file was read, one sentence each. */
  readonly notes: readonly string[];
  /** Line on which the n-th readable row (from 0) begins, from 1 with the header; where there are no lines, the row from 1. */
  lineOf(row: number): number;
  /** Removes copies that the relation reads. @throws InputError if the file has changed since it was first looked at. */
  release(): Promise<void>;
}

/** The columns of a file with the types that it gives them. */
export interface NativeColumns {
  /** SQL that stands after FROM: c0, c1, … as text, n0, n1, … as the file has them. */
  readonly relation: string;
  /** As the engine names them. */
  readonly types: readonly string[];
  /** Whether the relation has `row_number`, counted from 0, too, and may be read for as long as the file is there. */
  readonly isNumbered: boolean;
}

/**
 * The files of a source as one table of text.
 *
 * `table` stands after FROM and has the columns c0, c1, …, in the order of `header`, rows in the order of the files. Where `isTable`
 * holds, it is a table whose rowid counts rows from 0. Else it is a relation that reads the files whenever it is asked; a table
 * made from it with `CREATE TABLE … AS SELECT … FROM` and no WHERE has the same rowid.
 */
export interface RawTable {
  readonly table: string;
  readonly isTable: boolean;
  /** Where every file has the same columns with types of their own: then `table` has n0, n1, … beside c0, c1, …. */
  readonly native?: NativeColumns;
  readonly header: readonly string[];
  readonly rowCount: number;
  readonly files: readonly RawFile[];
  /** As of the files, and where their headers differ. */
  readonly notes: readonly string[];
  /** File and line of a row, counted from 0 over all files. */
  placeOf(row: number): RowPlace;
  /** Drops the table, removes copies. @throws InputError if a file has changed since it was first looked at. */
  release(): Promise<void>;
}

/** Where a row is. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/** A source that is about to be read. */
export interface RawReading {
  readonly source: SourceConfig;
  readonly files: readonly FoundFile[];
  /** Quoted name of the table. */
  readonly table: string;
}

/** One file that is about to be read. */
export interface FileReading {
  readonly source: SourceConfig;
  readonly file: FoundFile;
}

/** The columns of the file that a source names. */
export function neededColumns(source: SourceConfig): string[] {
  const { columns, attributes, scales, missingByDesign, cleaning } = source;
  const items = [...scales.values()].flatMap((scale) => scale.items.map(itemColumn));
  return [
    ...[...columns.values()].filter((column) => column !== rowKey),
    ...[...attributes.values()].map(({ column }) => column),
    ...items,
    ...missingByDesign.map(({ askedWhere }) => askedWhere),
    ...cleaning.flatMap(cleaningColumns),
  ];
}
