import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { datasetFile } from "../datasets.js";

/** What inference.py wrote. */
export interface Reference {
  readonly tails: Readonly<Record<"f" | "chiSquare", readonly (readonly number[])[]>>;
  readonly welch: readonly (OneTest & { readonly omegaSquared: number })[];
  readonly kruskal: readonly (OneTest & { readonly rankEpsilonSquared: number })[];
  readonly oneWay: readonly (Split & {
    readonly eta: number;
    readonly omega: number;
    readonly epsilon: number;
  })[];
  readonly chiSquare: readonly TableTest[];
  readonly pairs: readonly Pair[];
  readonly adjusted: Readonly<Record<string, readonly number[]>>;
  readonly wilson: readonly (readonly [number, number, number, number, number])[];
}

interface Split {
  readonly column: string;
  readonly by: string;
}

interface OneTest extends Split {
  readonly statistic: number;
  readonly degreesOfFreedom: readonly number[];
  readonly pValue: number;
}

interface TableTest {
  readonly table: readonly (readonly number[])[];
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly cramersV: number;
  readonly residuals: readonly (readonly number[])[];
}

interface Pair extends Split {
  readonly levels: readonly [number, number];
  readonly hedgesG: number;
  readonly hedgesLow: number;
  readonly hedgesHigh: number;
  readonly cliffsDelta: number;
  readonly cliffLow: number;
  readonly cliffHigh: number;
}

export const reference: Reference = JSON.parse(readFileSync("test/reference/inference.json", "utf8"));

/** Equal to a relative tolerance. */
export function assertNear(actual: number, expected: number, tolerance = 1e-9, what = ""): void {
  const error = Math.abs(actual - expected) / Math.max(Math.abs(expected), Number.MIN_VALUE);
  assert.ok(error <= tolerance || actual === expected, `${what} got ${actual}, expected ${expected}`);
}

/** The columns of a public CSV file without quotes, as text; undefined where the file is not here. */
export function readDataset(name: string): ReadonlyMap<string, readonly string[]> | undefined {
  const path = datasetFile(name);
  if (path === undefined) return undefined;
  const lines = readFileSync(path, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const rows = lines.map((line) => line.split(","));
  return new Map(rows[0]!.map((column, j) => [column, rows.slice(1).map((row) => row[j]!)]));
}

/** The values of one column, one array per level of another, levels in order. */
export function groupsBy(
  data: ReadonlyMap<string, readonly string[]>,
  column: string,
  by: string,
): number[][] {
  const levels = [...new Set(data.get(by))].sort();
  return levels.map((level) =>
    data
      .get(column)!
      .filter((_, row) => data.get(by)![row] === level)
      .map(Number),
  );
}

/** Normal values from a seeded stream, so that a simulation is the same everywhere. */
export function normals(random: { normal(): number }, count: number, centre = 0): number[] {
  return Array.from({ length: count }, () => centre + random.normal());
}
