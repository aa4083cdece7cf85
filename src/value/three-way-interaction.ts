import { InputError, RunError } from "../core/errors.js";
import { chiSquareUpperTail } from "../inference/tail-probability.js";

/** Whether rows and columns act on an outcome each for themselves, or together. */
export interface ThreeWayInteraction {
  /** G²: twice the log-likelihood ratio against the model without the three-way term. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

const mostRounds = 2000;

/**
 * Whether the odds of an outcome differ between columns in one way for all rows.
 *
 * Likelihood-ratio test of the three-way term of a log-linear model, fitted by iterative proportional fitting. Rows or columns
 * without a success or without a failure say nothing and are left out; a row and column that nobody was in together costs a degree of
 * freedom. O(rounds · cells).
 *
 * @param successes - Shape (nRows, nColumns), whole numbers.
 * @param failures - Same shape.
 * @throws InputError if fewer than two rows or two columns are left, or too few of them were seen together to tell; RunError if the fit
 * does not settle.
 * @see Bishop, Fienberg & Holland (1975), Discrete Multivariate Analysis, chapter 3
 */
export function testThreeWayInteraction(
  successes: readonly (readonly number[])[],
  failures: readonly (readonly number[])[],
): ThreeWayInteraction {
  const table = informativePart([successes, failures]);
  const [rows, columns] = [table[0]!.length, table[0]![0]?.length ?? 0];
  if (rows < 2 || columns < 2)
    throw new InputError(
      `testThreeWayInteraction: successes and failures must both be there in 2 rows and 2 columns, got ${rows} and ${columns}`,
    );
  const degreesOfFreedom = degreesOf(table);
  if (degreesOfFreedom === 0)
    throw new InputError(
      "testThreeWayInteraction: successes and failures must hold rows and columns that were seen together more than once, got too few",
    );
  const fitted = fitWithoutInteraction(table);
  let statistic = 0;
  table.forEach((layer, k) => {
    layer.forEach((row, i) => {
      row.forEach((count, j) => {
        if (count > 0) statistic += 2 * count * Math.log(count / fitted[k]![i]![j]!);
      });
    });
  });
  return {
    statistic: Math.max(0, statistic),
    degreesOfFreedom,
    pValue: chiSquareUpperTail(statistic, degreesOfFreedom),
  };
}

type Layers = readonly (readonly (readonly number[])[])[];

/** Rows and columns with both outcomes; leaving out one may empty another. */
function informativePart(layers: Layers): Layers {
  const isBoth = (pick: (layer: readonly (readonly number[])[]) => readonly number[]) =>
    layers.every((layer) => pick(layer).some((count) => count > 0));
  const rows = layers[0]!.map((_, i) => isBoth((layer) => layer[i]!));
  const columns = (layers[0]![0] ?? []).map((_, j) => isBoth((layer) => layer.map((row) => row[j]!)));
  if (rows.every(Boolean) && columns.every(Boolean)) return layers;
  const kept = layers.map((layer) =>
    layer.filter((_, i) => rows[i]).map((row) => row.filter((_, j) => columns[j])),
  );
  return kept[0]!.length === 0 ? kept : informativePart(kept);
}

/** Cells that somebody was in, less what row and column effects take: one each, but one less for each part that hangs together. */
function degreesOf([successes, failures]: Layers): number {
  const seen = successes!.map((row, i) => row.map((count, j) => count + failures![i]![j]! > 0));
  const cells = seen.flat().filter(Boolean).length;
  return cells - seen.length - seen[0]!.length + countParts(seen);
}

/** Groups of rows that share columns, directly or through others. */
function countParts(seen: readonly (readonly boolean[])[]): number {
  const partOf = seen.map((_, i) => i);
  seen[0]!.forEach((_, j) => {
    const together = new Set(partOf.filter((_, i) => seen[i]![j]));
    const [first] = together;
    partOf.forEach((part, i) => {
      if (together.has(part)) partOf[i] = first!;
    });
  });
  return new Set(partOf).size;
}

/** Cells that keep all two-way margins and have no three-way term. */
function fitWithoutInteraction(table: Layers): number[][][] {
  const fitted = table.map((layer) => layer.map((row) => row.map(() => 1)));
  const margins: readonly ((k: number, i: number, j: number) => string)[] = [
    (_, i, j) => `${i} ${j}`,
    (k, i) => `${k} ${i}`,
    (k, _, j) => `${k} ${j}`,
  ];
  const most = Math.max(...table.flat(2));
  for (let round = 0; round < mostRounds; round++) {
    let change = 0;
    for (const margin of margins) {
      const [wanted, have] = [sumsBy(table, margin), sumsBy(fitted, margin)];
      fitted.forEach((layer, k) => {
        layer.forEach((row, i) => {
          row.forEach((value, j) => {
            const at = margin(k, i, j);
            const factor = wanted.get(at) === 0 ? 0 : wanted.get(at)! / have.get(at)!;
            change = Math.max(change, Math.abs(value * factor - value));
            row[j] = value * factor;
          });
        });
      });
    }
    if (change < 1e-11 * most) return fitted;
  }
  throw new RunError(
    `testThreeWayInteraction: the fit must settle in ${mostRounds} rounds, got one that does not`,
  );
}

function sumsBy(layers: Layers, key: (k: number, i: number, j: number) => string): Map<string, number> {
  const sums = new Map<string, number>();
  layers.forEach((layer, k) => {
    layer.forEach((row, i) => {
      row.forEach((value, j) => {
        sums.set(key(k, i, j), (sums.get(key(k, i, j)) ?? 0) + value);
      });
    });
  });
  return sums;
}
