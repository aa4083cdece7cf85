import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import { sampleRows } from "../core/sample-rows.js";
import { type BasisValues, normalScores } from "./basis-model.js";
import type { BeyondProblem } from "./beyond-bases.js";
import { rowsByKey } from "./rows-by-key.js";

/** More rows than this are sampled: the bases' model stays quick, and what it cannot bend to stays below notice. */
const mostBeyondRows = 10_000;
/** The commonest categories have an indicator each, the others share one. */
const mostCategories = 8;
const fewestOfCategory = 5;

/** Customers beside whom descriptors are tested. */
export interface BeyondCustomers {
  readonly labels: ArrayLike<number>;
  /** Row numbers in the order of their keys. */
  readonly rows: Uint32Array;
  /** The bases at some rows: the same object for the same rows, so that their model is made once. */
  readonly basesAt: (rows: Uint32Array) => readonly BasisValues[];
}

/** Customers of a table, whose bases are read once for descriptors that are known for the same of them. */
export function openBeyondCustomers(table: CustomerTable, labels: ArrayLike<number>): BeyondCustomers {
  const columns = table.columns.filter(({ feature }) => feature.role === "basis");
  const read: { readonly rows: Uint32Array; readonly bases: readonly BasisValues[] }[] = [];
  const basesAt = (rows: Uint32Array): readonly BasisValues[] => {
    const known = read.find(
      (one) => one.rows.length === rows.length && one.rows.every((row, i) => row === rows[i]),
    );
    if (known !== undefined) return known.bases;
    const bases = columns.map((basis) => valuesAt(basis, rows));
    read.push({ rows, bases });
    return bases;
  };
  return { labels, rows: rowsByKey(table), basesAt };
}

/** The descriptor beside bases and segments, for customers in a segment whose value is known, in the order of their keys. */
export function openBeyondProblem(
  column: FeatureColumn,
  { rows, labels, basesAt }: BeyondCustomers,
  options: { readonly segmentCount: number; readonly permutations: number; readonly seed: number },
): BeyondProblem {
  const known = rows.filter((row) => labels[row]! >= 0 && !isUnknown(column.values[row]!));
  const taken = sampleRows(known.length, mostBeyondRows, options.seed);
  const used = Uint32Array.from(taken, (at) => known[at]!);
  return {
    bases: basesAt(used),
    labels: Int32Array.from(used, (row) => labels[row]!),
    outcomes: outcomesOf(valuesAt(column, used)),
    ...options,
  };
}

function isUnknown(value: number | string | null): boolean {
  return value === null || (typeof value === "number" && !Number.isFinite(value));
}

function valuesAt(column: FeatureColumn, rows: Uint32Array): BasisValues {
  if (column.kind === "number")
    return {
      isCategory: false,
      values: Float64Array.from(rows, (row) =>
        Number.isFinite(column.values[row]) ? column.values[row]! : Number.NaN,
      ),
    };
  const code = commonestFirst(Array.from(rows, (row) => column.values[row]!));
  const rest = mostCategories - 1;
  return {
    isCategory: true,
    values: Float64Array.from(rows, (row) => {
      const value = column.values[row]!;
      return value === null ? Number.NaN : Math.min(rest, code.get(value)!);
    }),
  };
}

/** Codes of categories, the commonest 0, equally common ones by name. */
function commonestFirst(values: readonly (string | null)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ordered = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const last = ordered.findIndex(([, count]) => count < fewestOfCategory);
  return new Map(ordered.map(([value], at) => [value, last >= 0 ? Math.min(at, last) : at]));
}

/** Normal scores, so that no test hangs on a few large values; of categories one indicator each, one of two. */
function outcomesOf({ isCategory, values }: BasisValues): Float64Array[] {
  if (!isCategory) return [normalScores(values)];
  const codes = [...new Set(values)].sort((a, b) => a - b);
  const indicators = codes.map((code) => values.map((value) => (value === code ? 1 : 0)));
  return indicators.length === 2 ? indicators.slice(0, 1) : indicators;
}
