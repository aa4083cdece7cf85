import { createRequire } from "node:module";
import type { DataFrame } from "danfojs-node";
import type { DisplayTable } from "../charts/figure.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import { sampleRows } from "../core/sample-rows.js";

/** Named here so that cells in other folders can name the type of their frames. */
export type { DataFrame } from "danfojs-node";

export interface ToFrameOptions {
  /** Rows at most; default 50,000, beyond which danfo becomes slow. */
  readonly rows?: number;
  /** Needed when the table has more rows than that: then the frame is a random sample. */
  readonly seed?: number;
}

/** What {@link toFrame} knew of a frame when it made it. */
export interface FrameOrigin {
  /** Rows of the table it came from. */
  readonly totalRows: number;
  /** Whether its rows are customers (and must not be published) or a summary. */
  readonly holdsCustomers: boolean;
  /** The seed of the sample; absent: all rows are there. */
  readonly seed?: number;
}

interface NamedColumn {
  readonly name: string;
  readonly isNumber: boolean;
  readonly values: ArrayLike<string | number | null>;
}

const require = createRequire(import.meta.url);
const origins = new WeakMap<object, FrameOrigin>();

/**
 * A table as a danfo DataFrame, for looking at and plotting in a notebook.
 *
 * Missing numbers are NaN, missing texts null, keys stay text. A column whose name danfo needs for itself (`values`, `shape`, …)
 * is called `column_values` and so on. Danfo is loaded at the first call (about one second).
 *
 * @param table - Customers, or a table made for display.
 * @returns All rows, or a seeded sample of `rows` of them in the table's order; `show` says so under the table.
 * @throws InputError if the table is empty, or has too many rows and no seed was given.
 */
export function toFrame(table: CustomerTable | DisplayTable, options: ToFrameOptions = {}): DataFrame {
  const { rows: limit = 50_000, seed } = options;
  const columns = "keys" in table ? customerColumns(table) : displayColumns(table);
  const totalRows = columns[0]?.values.length ?? 0;
  if (totalRows === 0) throw new InputError("toFrame: table must have at least one row, got none");
  const isSample = totalRows > limit;
  if (isSample && seed === undefined) {
    throw new InputError(
      `toFrame: seed must be given for a table of ${totalRows} rows, of which a frame holds ${limit}, got none`,
    );
  }
  const rows = isSample ? sampleRows(totalRows, limit, seed!) : undefined;
  const frame = buildFrame(columns, rows);
  origins.set(frame, { totalRows, holdsCustomers: "keys" in table, ...(isSample && { seed: seed! }) });
  return frame;
}

/** Where a frame came from; undefined if `toFrame` did not make it. */
export function frameOrigin(frame: object): FrameOrigin | undefined {
  return origins.get(frame);
}

function customerColumns(table: CustomerTable): readonly NamedColumn[] {
  const key = { name: table.keyName, isNumber: false, values: table.keys };
  return [
    key,
    ...table.columns.map(({ kind, feature, values }) => ({
      name: feature.name,
      isNumber: kind === "number",
      values,
    })),
  ];
}

function displayColumns(table: DisplayTable): readonly NamedColumn[] {
  return table.columns.map(({ name }, j) => {
    const values = table.rows.map((row) => row[j] ?? null);
    return { name, isNumber: values.every((value) => typeof value !== "string"), values };
  });
}

function buildFrame(columns: readonly NamedColumn[], rows: Int32Array | undefined): DataFrame {
  const danfo = require("danfojs-node") as typeof import("danfojs-node");
  const reserved = new danfo.DataFrame({ probe: [0] });
  const taken = new Set<string>();
  const cells: Record<string, unknown[]> = {};
  for (const { name, isNumber, values } of columns) {
    const free = freeName(name, reserved, taken);
    const picked = rows ? Array.from(rows, (row) => values[row]!) : Array.from(values);
    cells[free] = isNumber ? picked.map((value) => value ?? Number.NaN) : picked;
  }
  return new danfo.DataFrame(cells, {
    dtypes: columns.map(({ isNumber }) => (isNumber ? "float32" : "string")),
  });
}

/** Danfo puts columns beside its own members on one object, and an object sorts whole numbers before other keys. */
function freeName(name: string, reserved: object, taken: Set<string>): string {
  const isSafe = name !== "" && !(name in reserved) && !/^\d+$/.test(name);
  const start = isSafe ? name : `column_${name}`;
  let free = start;
  for (let i = 2; taken.has(free); i++) free = `${start}_${i}`;
  taken.add(free);
  return free;
}
