import { integerLiteral } from "../engine/sql-numbers.js";

/** Whole lattice steps, one row per cluster. */
export type IntegerCentres = readonly (readonly number[])[];

/** A lattice table: where it is (SQL after FROM) and how many columns `q0`, `q1`, … it has. */
export interface LatticeTable {
  readonly from: string;
  readonly columnCount: number;
  /** Column that says how often a row counts; absent: once. */
  readonly weight?: string;
}

/** How {@link labelledSql} may differ. */
export interface LabelOptions {
  /** Columns of the table that come along. */
  readonly kept?: readonly string[];
  /** SQL that orders centres as their squared distances do; default: those. */
  readonly measure?: (centre: readonly number[]) => string;
}

/** Beyond it, comparing every pair costs more than finding the least first. */
const mostPairwise = 16;

/**
 * SQL: rows of a lattice table with squared distances `d0`, `d1`, …, the least of them `nearest` and its number `label`,
 * ties to the lowest.
 */
export function labelledSql(
  { from, columnCount }: LatticeTable,
  centres: IntegerCentres,
  { kept = [], measure = squaredDistance }: LabelOptions = {},
): string {
  const columns = [...kept, ...columnNames(columnCount)].join(", ");
  const distances = centres.map((centre, cluster) => `${measure(centre)} AS d${cluster}`);
  const measured = `SELECT ${columns}, ${distances.join(", ")} FROM ${from}`;
  if (centres.length <= mostPairwise)
    return `SELECT ${columns}, ${centres.map((_, cluster) => `d${cluster}`).join(", ")}, ${pairwiseLabel(centres.length)} AS label FROM (${measured}) AS measured`;
  const names = centres.map((_, cluster) => `d${cluster}`);
  const least = `SELECT ${columns}, ${names.join(", ")}, LEAST(${names.join(", ")}) AS nearest FROM (${measured}) AS measured`;
  const label = names.map((name, cluster) => `WHEN ${name} = nearest THEN ${cluster}`);
  return `SELECT ${columns}, ${names.join(", ")}, CASE ${label.join(" ")} END AS label FROM (${least}) AS least`;
}

/** SQL: one pass of k-means: of each cluster that has rows its number, size and sums `s0`, `s1`, …; whole numbers throughout. */
export function passSql(table: LatticeTable, centres: IntegerCentres): string {
  const { columnCount, weight } = table;
  const sums = columnNames(columnCount).map(
    (name, j) => `CAST(SUM(${weight === undefined ? name : `${weight} * ${name}`}) AS BIGINT) AS s${j}`,
  );
  const size = weight === undefined ? "COUNT(*)" : `SUM(${weight})`;
  const labelled = labelledSql(table, centres, {
    kept: weight === undefined ? [] : [weight],
    measure: scoreOf,
  });
  return `SELECT label, CAST(${size} AS BIGINT) AS size, ${sums.join(", ")} FROM (${labelled}) AS labelled GROUP BY label`;
}

/** SQL: number of rows and the sum of their squared lengths, a decimal that need not fit 64 bits. */
export function squaresSql({ from, columnCount, weight }: LatticeTable): string {
  const squared = columnNames(columnCount)
    .map((name) => `${name} * ${name}`)
    .join(" + ");
  const wide = (sql: string) => `CAST(${sql} AS DECIMAL(38, 0))`;
  const weighed = weight === undefined ? squared : `${weight} * (${squared})`;
  const size = weight === undefined ? "COUNT(*)" : `SUM(${weight})`;
  return `SELECT CAST(${size} AS BIGINT) AS size, SUM(${wide(weighed)}) AS squares FROM ${from}`;
}

/**
 * SQL: the rows farthest from their own centre among clusters with other rows, copies together, farthest first; equal
 * distances in the order of their values.
 */
export function farthestSql(
  table: LatticeTable,
  centres: IntegerCentres,
  clusters: readonly number[],
): string {
  const names = columnNames(table.columnCount);
  const own = `CASE ${centres.map((_, cluster) => `WHEN label = ${cluster} THEN d${cluster}`).join(" ")} END`;
  const weight = table.weight ?? "1";
  const kept = table.weight === undefined ? [] : [table.weight];
  const distances = `SELECT ${[...names, ...kept].join(", ")}, label, ${own} AS distance FROM (${labelledSql(table, centres, { kept })}) AS labelled`;
  return `SELECT ${names.join(", ")}, label, distance, CAST(SUM(${weight}) AS BIGINT) AS copies FROM (${distances}) AS distances WHERE label IN (${clusters.join(", ")}) GROUP BY ${names.join(", ")}, label, distance ORDER BY distance DESC, ${names.join(", ")} LIMIT 100`;
}

/** `q0`, `q1`, … */
export function columnNames(columnCount: number): readonly string[] {
  return Array.from({ length: columnCount }, (_, j) => `q${j}`);
}

function squaredDistance(centre: readonly number[]): string {
  return centre
    .map((value, j) => `(q${j} - ${integerLiteral(value)}) * (q${j} - ${integerLiteral(value)})`)
    .join(" + ");
}

/**
 * |q − c|² less |q|², which all centres have in common: the same order at two thirds of the work. No product by 0, which DuckDB
 * would turn into a slow test for NULL.
 */
function scoreOf(centre: readonly number[]): string {
  const square = centre.reduce((sum, value) => sum + value * value, 0);
  const products = centre.flatMap((value, j) =>
    value === 0 ? [] : [`q${j} * ${integerLiteral(2 * value)}`],
  );
  return [integerLiteral(square), ...products].join(" - ");
}

/** The first that is not farther than any later one. */
function pairwiseLabel(clusterCount: number): string {
  if (clusterCount === 1) return "0";
  const branches = Array.from({ length: clusterCount - 1 }, (_, cluster) => {
    const later = Array.from(
      { length: clusterCount - 1 - cluster },
      (_, i) => `d${cluster} <= d${cluster + 1 + i}`,
    );
    return `WHEN ${later.join(" AND ")} THEN ${cluster}`;
  });
  return `CASE ${branches.join(" ")} ELSE ${clusterCount - 1} END`;
}
