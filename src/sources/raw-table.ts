import { itemColumn } from "../config/scale-item.js";
import type { SourceConfig } from "../config/workbook-config.js";
import type { RecordFault } from "./csv-record.js";
import type { FaultyLines } from "./record-ledger.js";

/** A file as a table of text: columns c0, c1, …, in file order; `rowid` counts its rows from 0. */
export interface RawTable {
  /** Quoted name. */
  readonly table: string;
  readonly header: readonly string[];
  readonly rowCount: number;
  readonly sha256: string;
  readonly faults: ReadonlyMap<RecordFault, FaultyLines>;
  lineOf(row: number): number;
}

/** A file that is about to be read into a table. */
export interface RawReading {
  readonly source: SourceConfig;
  readonly path: string;
  /** Quoted name of the table. */
  readonly table: string;
}

/** The columns of the file that a source names. */
export function neededColumns({ columns, attributes, scales }: SourceConfig): string[] {
  const items = [...scales.values()].flatMap((scale) => scale.items.map(itemColumn));
  return [...columns.values(), ...[...attributes.values()].map(({ column }) => column), ...items];
}
