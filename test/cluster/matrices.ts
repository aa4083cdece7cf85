import { readFileSync } from "node:fs";
import { type Matrix, matrixOfColumns, rowsOf } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";

/** On the lattice: z rounded to multiples of 2^−20 and clamped to ±8. */
export function toLattice(z: number): number {
  return Math.floor(Math.max(-8, Math.min(8, z)) * 2 ** 20 + 0.5) / 2 ** 20;
}

/** Rows around `groups` centres that lie `spread` apart, each row with its group. One group: a single Gaussian cloud. */
export function drawBlobs(options: {
  readonly seed: number;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly groups: number;
  readonly spread: number;
}): { matrix: Matrix; groups: number[] } {
  const random = createRandom(options.seed);
  const centres = Array.from({ length: options.groups }, () =>
    Array.from({ length: options.columnCount }, () => random.normal() * options.spread),
  );
  const groups = Array.from({ length: options.rowCount }, () => random.below(options.groups));
  const names = Array.from({ length: options.columnCount }, (_, j) => `x${j}`);
  const rows = groups.map((group) =>
    centres[group]!.map((centre) => toLattice((centre + random.normal()) / 2)),
  );
  return {
    matrix: matrixOfColumns(
      names,
      names.map((_, j) => rows.map((row) => row[j]!)),
    ),
    groups,
  };
}

/** The same rows in another order, and that order. */
export function shuffleRows(matrix: Matrix, seed: number): { matrix: Matrix; order: number[] } {
  const random = createRandom(seed);
  const order = Array.from({ length: matrix.rowCount }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return { matrix: rowsOf(matrix, order), order };
}

/** The six spends of the wholesale customers: log1p, z with n − 1, on the lattice. */
export function readWholesale(path: string): Matrix {
  return readLogScores(path, ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]);
}

const campaignColumns =
  "Income Recency MntWines MntFruits MntMeatProducts MntFishProducts MntSweetProducts MntGoldProds NumDealsPurchases NumWebPurchases NumCatalogPurchases NumStorePurchases NumWebVisitsMonth";

/** Income, spends and visits of the customers of the marketing campaign whose income is known: as the wholesale ones. */
export function readCampaign(path: string): Matrix {
  return readLogScores(path, campaignColumns.split(" "));
}

function readLogScores(path: string, names: readonly string[]): Matrix {
  const [head, ...lines] = readFileSync(path, "utf8")
    .replace(/^\ufeff/, "")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const places = names.map((name) => head!.indexOf(name));
  const full = lines.filter((cells) => places.every((place) => cells[place] !== ""));
  const columns = places.map((place) => {
    const logs = full.map((cells) => Math.log1p(Number(cells[place])));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
    return logs.map((log) => toLattice((log - mean) / Math.sqrt(variance)));
  });
  return matrixOfColumns(names, columns);
}
