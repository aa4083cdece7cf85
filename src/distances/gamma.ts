import type { MixedTable } from "../cluster/mixed-table.js";

/**
 * What another word shall cost so that a column of words weighs about what a column of numbers does: mean variance
 * (n − 1) of the numbers by mean heterogeneity 1 − Σ share² of the words. 1 where either is 0 or missing.
 *
 * @see Szepannek (2018), doi:10.32614/RJ-2018-048
 */
export function findGamma({ numbers, categories, rowCount }: MixedTable): number {
  const { columnCount, values } = numbers;
  let variances = 0;
  for (let j = 0; j < columnCount; j++) {
    let mean = 0;
    for (let i = 0; i < rowCount; i++) mean += values[i * columnCount + j]! / rowCount;
    for (let i = 0; i < rowCount; i++)
      variances += (values[i * columnCount + j]! - mean) ** 2 / Math.max(1, rowCount - 1);
  }
  let heterogeneity = 0;
  for (const { levels, codes } of categories) {
    const counts = new Float64Array(levels.length);
    for (const code of codes) counts[code]!++;
    heterogeneity += 1 - counts.reduce((sum, count) => sum + (count / rowCount) ** 2, 0);
  }
  const gamma = variances / columnCount / (heterogeneity / categories.length);
  return Number.isFinite(gamma) && gamma > 0 ? gamma : 1;
}

/** What a reader should know of gamma: its value and rule, how much words count, and whether they tell clusters apart. */
export function describeGamma(fit: {
  readonly gamma: number;
  readonly wasGiven: boolean;
  readonly numericLoss: number;
  readonly categoryLoss: number;
  readonly prototypes: MixedTable;
}): string[] {
  const { numericLoss, categoryLoss, prototypes } = fit;
  const { numbers, categories, rowCount } = prototypes;
  if (categories.length === 0 || numbers.columnCount === 0) return [];
  const rule = fit.wasGiven
    ? "as given"
    : "the mean variance of the numbers by the mean heterogeneity of the words";
  const total = numericLoss + categoryLoss;
  const share = total === 0 ? 0 : Math.round((100 * categoryLoss) / total);
  const notes = [`Gamma is ${Number(fit.gamma.toPrecision(4))}, ${rule}; words make ${share} % of the loss.`];
  const isSame = categories.every(({ codes }) => codes.every((code) => code === codes[0]));
  if (rowCount > 1 && isSame)
    notes.push("All clusters have the same most frequent words: the words do not tell them apart.");
  return notes;
}
