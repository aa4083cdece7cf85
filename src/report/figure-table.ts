import type { DisplayTable } from "../charts/figure.js";
import { traceType } from "../charts/trace-types.js";
import { isObject, type JsonObject } from "../notebook/notebook.js";
import type { PlotlyFigure } from "./clean-figure.js";

/** Tables of a figure without a twin of its own, and rows of each. */
const tableLimit = 8;

/** What a trace can name its points by, and what it can measure of them. */
const fields: readonly string[] =
  "labels ids parents x y z a b c r theta real imag open high low close values value lower median upper text".split(
    " ",
  );

/** The numbers of other people's figures: one table for each trace that has some, for readers who cannot see the plot. */
export function figureTables({ data }: PlotlyFigure): readonly DisplayTable[] {
  return data
    .map((trace, i) => traceTable(trace, `${textOf(trace.name) || `Trace ${i + 1}`} (${traceType(trace)})`))
    .filter(({ rows }) => rows.length > 0)
    .slice(0, tableLimit);
}

function traceTable(trace: JsonObject, caption: string): DisplayTable {
  if (isObject(trace.link)) return linkTable(trace, caption);
  const columns = isObject(trace.cells)
    ? cellColumns(trace)
    : fields.map((name) => ({ name, values: listOf(trace[name]) })).filter(isFlat);
  const length = Math.max(0, ...columns.map(({ values }) => values.length));
  return {
    kind: "table",
    caption,
    columns: columns.map(({ name }) => ({ name })),
    rows: Array.from({ length }, (_, i) => columns.map(({ values }) => cellOf(values[i]))),
  };
}

/** Of a table. */
function cellColumns({ header, cells }: JsonObject): { readonly name: string; readonly values: List }[] {
  const names = listOf(isObject(header) ? header.values : undefined);
  const values = listOf((cells as JsonObject).values);
  return Array.from(values, (column, i) => ({
    name: textOf(Array.isArray(names[i]) ? names[i][0] : names[i]),
    values: listOf(column),
  }));
}

/** Of a sankey: which node flows into which. */
function linkTable({ link, node }: JsonObject, caption: string): DisplayTable {
  const parts = link as JsonObject;
  const labels = listOf(isObject(node) ? node.label : undefined);
  const nodeName = (index: unknown): string => textOf(labels[Number(index)]) || `node ${String(index)}`;
  const [source, target, value] = [parts.source, parts.target, parts.value].map(listOf) as [List, List, List];
  return {
    kind: "table",
    caption,
    columns: [{ name: "from" }, { name: "to" }, { name: "value" }],
    rows: Array.from(source, (from, i) => [nodeName(from), nodeName(target[i]), cellOf(value[i])]),
  };
}

type List = ArrayLike<unknown>;

function isFlat({ values }: { readonly values: List }): boolean {
  return values.length > 0 && !Array.isArray(values[0]) && !isObject(values[0]);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function cellOf(value: unknown): string | number | null {
  return typeof value === "number" ? value : textOf(value) || null;
}

/** A list as it is, or as plotly's Python package packs one: numbers as bytes in base64. */
function listOf(value: unknown): List {
  if (Array.isArray(value)) return value;
  if (!isObject(value) || typeof value.bdata !== "string" || value.shape !== undefined) return [];
  const bytes = Uint8Array.from(Buffer.from(value.bdata, "base64"));
  const read = packedTypes.get(String(value.dtype));
  return read && bytes.length % read.size === 0 ? read.list(bytes.buffer) : [];
}

const packedTypes: ReadonlyMap<
  string,
  { readonly size: number; readonly list: (buffer: ArrayBuffer) => List }
> = new Map([
  ["i1", { size: 1, list: (buffer) => new Int8Array(buffer) }],
  ["u1", { size: 1, list: (buffer) => new Uint8Array(buffer) }],
  ["i2", { size: 2, list: (buffer) => new Int16Array(buffer) }],
  ["u2", { size: 2, list: (buffer) => new Uint16Array(buffer) }],
  ["i4", { size: 4, list: (buffer) => new Int32Array(buffer) }],
  ["u4", { size: 4, list: (buffer) => new Uint32Array(buffer) }],
  ["f4", { size: 4, list: (buffer) => new Float32Array(buffer) }],
  ["f8", { size: 8, list: (buffer) => new Float64Array(buffer) }],
]);
