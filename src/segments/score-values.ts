import { cutsBelow } from "../features/quantile-scores.js";
import type { CustomerColumn } from "./customer-values.js";
import type { RulesModel, Score } from "./rules-model.js";

/** Score name → the score of each row, NaN where missing. */
export function scoreColumns(
  model: RulesModel,
  columns: ReadonlyMap<string, CustomerColumn>,
  rowCount: number,
): ReadonlyMap<string, Float64Array> {
  const scored = new Map<string, Float64Array>();
  for (const score of model.scores) {
    const values = columns.get(score.feature) as ArrayLike<number>;
    const outer = score.within?.scores.map((name) => scored.get(name)!) ?? [];
    const scoreAt = compileScore(score);
    const column = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++)
      column[row] = scoreAt(
        values[row]!,
        outer.map((one) => one[row]!),
      );
    scored.set(score.name, column);
  }
  return scored;
}

/** The score of a value, NaN where missing; `at` are the scores that it is nested in. */
export function scoreOf(score: Score, value: number, at: readonly number[]): number {
  return compileScore(score)(value, at);
}

/** A score as a function of a value and of the scores that it is nested in. */
export function compileScore(score: Score): (value: number, at: readonly number[]) => number {
  const { whenMissing, highIsGood, within } = score;
  const missing = whenMissing ?? Number.NaN;
  const cells = new Map(within?.cells.map(({ at, cuts }) => [cellNumber(at), cuts]));
  return (value, at) => {
    if (!Number.isFinite(value)) return missing;
    const cuts = within === undefined ? score.cuts : (cells.get(cellNumber(at)) ?? score.cuts);
    const above = cutsBelow(cuts, value);
    return highIsGood ? 1 + above : cuts.length + 1 - above;
  };
}

/** Scores 1…100 as one number; NaN, which is no cell's, where one is missing. */
function cellNumber(at: readonly number[]): number {
  let number = 0;
  for (const score of at) number = number * 101 + score;
  return number;
}
