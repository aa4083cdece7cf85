import type { CustomerTable, FeatureColumn, NumberColumn } from "../core/feature.js";
import { sampleRows } from "../core/sample-rows.js";
import { splitBySegment } from "./describe-column.js";
import { rankEpsilonSquared } from "./kruskal-wallis.js";
import { rankValues } from "./ranks.js";
import { rowsByKey } from "./rows-by-key.js";

/** Of more customers a sample is looked at: by then a correlation is known to two digits. */
const mostRows = 20_000;
const sampleSeed = 1;

/** A basis feature that another feature moves with. */
export interface Inheritance {
  readonly feature: string;
  readonly label: string;
  /** Spearman's rank correlation, −1…1; for a category √(rank epsilon squared), 0…1. */
  readonly strength: number;
}

/**
 * The basis feature that each column moves with most, if |strength| is at least `least`; undefined else. Of more than 20,000
 * customers so many are looked at, drawn by seed from the order of their keys.
 */
export function inheritanceFinder(
  table: CustomerTable,
  least: number,
): (column: FeatureColumn) => Inheritance | undefined {
  const byKey = rowsByKey(table);
  const rows = Uint32Array.from(sampleRows(byKey.length, mostRows, sampleSeed), (place) => byKey[place]!);
  const basis = table.columns
    .filter((column): column is NumberColumn => column.kind === "number" && column.feature.role === "basis")
    .map((column) => ({ ...column, values: valuesAt(column, rows) }))
    .map((column) => ({ column, ranks: knownRanks(column.values) }));
  return (column) => {
    const strengthBeside = strengthFinder(column, rows);
    const found = basis
      .map((candidate) => ({
        feature: candidate.column.feature.name,
        label: candidate.column.feature.label,
        strength: strengthBeside(candidate),
      }))
      .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength))[0];
    return found !== undefined && Math.abs(found.strength) >= least ? found : undefined;
  };
}

/** A basis feature at the rows that are looked at. */
interface RankedBasis {
  readonly column: NumberColumn;
  readonly ranks: Float64Array;
}

function strengthFinder(column: FeatureColumn, rows: Uint32Array): (basis: RankedBasis) => number {
  if (column.kind === "category") {
    const values = Array.from(rows, (row) => column.values[row]!);
    return (basis) => categoryStrength(values, basis.column);
  }
  const ranks = knownRanks(valuesAt(column, rows));
  return (basis) => correlation(ranks, basis.ranks);
}

function valuesAt({ values }: NumberColumn, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

/** Ranks of the known values, NaN where unknown. */
function knownRanks(values: Float64Array): Float64Array {
  const rows = Array.from(values.keys()).filter((row) => Number.isFinite(values[row]));
  const ranking = rankValues(Float64Array.from(rows, (row) => values[row]!));
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  rows.forEach((row, i) => {
    ranks[row] = ranking.ranks[i]!;
  });
  return ranks;
}

/** Correlation over the rows where both are known; 0 where either does not vary. */
function correlation(x: Float64Array, y: Float64Array): number {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  const known = (i: number) => !Number.isNaN(x[i]! + y[i]!);
  for (let i = 0; i < x.length; i++)
    if (known(i)) {
      count++;
      sumX += x[i]!;
      sumY += y[i]!;
    }
  let products = 0;
  let squaresX = 0;
  let squaresY = 0;
  for (let i = 0; i < x.length; i++)
    if (known(i)) {
      const dx = x[i]! - sumX / count;
      const dy = y[i]! - sumY / count;
      products += dx * dy;
      squaresX += dx * dx;
      squaresY += dy * dy;
    }
  return squaresX * squaresY === 0 ? 0 : products / Math.sqrt(squaresX * squaresY);
}

function categoryStrength(values: readonly (string | null)[], basis: NumberColumn): number {
  const categories = [...new Set(values.filter((value) => value !== null))];
  const position = new Map(categories.map((category, index) => [category, index]));
  const labels = Int32Array.from(values, (value) => (value === null ? -1 : position.get(value)!));
  const groups = splitBySegment(basis, labels, categories.length).filter((group) => group.length > 0);
  return groups.length < 2 ? 0 : Math.sqrt(rankEpsilonSquared(groups, { resamples: 0 }).value);
}
