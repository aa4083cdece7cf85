import { checkCount, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { quantileCuts } from "../features/quantile-scores.js";
import { type CustomerValues, columnsFor } from "./customer-values.js";
import type { NestedCuts, Score } from "./rules-model.js";
import { compileScore } from "./score-values.js";

/** A score to be frozen: from which feature, which way round, and where its cuts come from. */
export interface ScoreToFreeze extends Pick<Score, "name" | "feature" | "highIsGood"> {
  /** Thresholds in raw units, ascending; absent: quantiles of the customers at hand. */
  readonly cuts?: readonly number[];
  /** Names of earlier scores: quantiles are then taken within each combination of these. */
  readonly within?: readonly string[];
  /** Score of a customer whose value is missing; default null: the score is missing too. */
  readonly whenMissing?: number | null;
}

/**
 * Turns wishes into scores with frozen cuts, so that next month's scores show who changed, not who was overtaken.
 *
 * Quantiles (type 7) of the known values part them into `scoreCount` scores; equal values always share a score, so where many are
 * equal some scores are not used. Nested scores take quantiles within each combination of the scores around them (Hughes' nested
 * method); a combination that nobody has takes the cuts of all. Order of the customers does not matter. O(n log n) per score.
 *
 * @param wishes - In order: a nested score after those that it is nested in.
 * @throws InputError if a column is missing or has no known value, `scoreCount` is not from 2 to 100, fixed cuts are nested or
 * do not ascend, or a score around is not known.
 * @see Hughes (1994), Strategic Database Marketing.
 */
export function freezeScores(
  customers: CustomerValues,
  wishes: readonly ScoreToFreeze[],
  { scoreCount }: { readonly scoreCount: number },
): readonly Score[] {
  checkCount("freezeScores", "scoreCount", scoreCount, 2, 100);
  const scored = new Map<string, readonly number[]>();
  return wishes.map((wish) => {
    const [column] = columnsFor([{ name: wish.feature, type: "number" }], customers);
    const values = Array.from(column as ArrayLike<number>, (value) =>
      Number.isFinite(value) ? value : Number.NaN,
    );
    const outer = wish.within === undefined ? undefined : outerScores(wish, scored);
    const score = freezeScore(wish, values, { outer, scoreCount });
    const scoreAt = compileScore(score);
    scored.set(
      wish.name,
      values.map((value, row) => scoreAt(value, outer?.map((scores) => scores[row]!) ?? [])),
    );
    return score;
  });
}

function outerScores(
  { name, within, cuts }: ScoreToFreeze,
  scored: ReadonlyMap<string, readonly number[]>,
): readonly (readonly number[])[] {
  if (cuts !== undefined)
    throw new InputError(`freezeScores: cuts must not come with within, got both for ${describeValue(name)}`);
  return within!.map((other) => {
    const scores = scored.get(other);
    if (scores !== undefined) return scores;
    throw new InputError(
      `freezeScores: within must name earlier scores (${[...scored.keys()].join(", ") || "there is none"}), got ${describeValue(other)}`,
    );
  });
}

function freezeScore(
  wish: ScoreToFreeze,
  values: readonly number[],
  {
    outer,
    scoreCount,
  }: { readonly outer: readonly (readonly number[])[] | undefined; readonly scoreCount: number },
): Score {
  const { name, feature, highIsGood, whenMissing = null } = wish;
  const cuts = wish.cuts ?? quantileCuts(values, scoreCount);
  if (cuts.length === 0)
    throw new InputError(`freezeScores: column ${describeValue(feature)} must hold a known value, got none`);
  if (cuts.some((cut, i) => !Number.isFinite(cut) || (i > 0 && cut < cuts[i - 1]!)))
    throw new InputError(
      `freezeScores: cuts must be numbers that ascend, got [${cuts.join(", ")}] for ${describeValue(name)}`,
    );
  const plain = { name, feature, cuts, highIsGood, whenMissing };
  if (outer === undefined) return plain;
  return { ...plain, within: { scores: wish.within!, cells: nestedCells(values, outer, scoreCount) } };
}

/** Cuts of each combination of outer scores that somebody has, in the order of the scores. */
function nestedCells(
  values: readonly number[],
  outer: readonly (readonly number[])[],
  scoreCount: number,
): NestedCuts["cells"] {
  const groups = new Map<string, { readonly at: readonly number[]; readonly values: number[] }>();
  values.forEach((value, row) => {
    const at = outer.map((scores) => scores[row]!);
    if (Number.isNaN(value) || at.some(Number.isNaN)) return;
    const key = at.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { at, values: [value] });
    else group.values.push(value);
  });
  return [...groups.values()]
    .sort((a, b) => compareLists(a.at, b.at))
    .map((group) => ({ at: group.at, cuts: quantileCuts(group.values, scoreCount) }));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((value, i) => value !== b[i]);
  return first < 0 ? 0 : a[first]! - b[first]!;
}
