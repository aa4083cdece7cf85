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
    const at = (row: number): number[] => outer.map((column) => column[row]!);
    scored.set(
      score.name,
      Float64Array.from({ length: rowCount }, (_, row) => scoreOf(score, values[row]!, at(row))),
    );
  }
  return scored;
}

/** The score of a value, NaN where missing; `at` are the scores that it is nested in. */
export function scoreOf(score: Score, value: number, at: readonly number[]): number {
  if (!Number.isFinite(value)) return score.whenMissing ?? Number.NaN;
  const cell = score.within?.cells.find((one) => one.at.every((outer, i) => outer === at[i]));
  const cuts = cell?.cuts ?? score.cuts;
  const above = cutsBelow(cuts, value);
  return score.highIsGood ? 1 + above : cuts.length + 1 - above;
}
