import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { numberText, percentText } from "../core/number-text.js";
import { createRandom } from "../core/random.js";
import { sum } from "../core/sum.js";
import { type Division, type OutOfTimeLine, outOfTimeValue } from "./out-of-time-value.js";
import { dealFolds, type FoldSums, foldError, sumFolds } from "./predicted-share.js";

/** One way to divide customers in period A, with what it tells of period B. */
export interface CriterionLine extends OutOfTimeLine {
  /** Whether it may be chosen; a baseline may not. */
  readonly isCandidate: boolean;
  /** Share of the variance of the margin that group means of other customers predict; below 0: worse than one mean for all. */
  readonly predicted: number;
  /** Share of trials in which it predicted best of the candidates, 0–1; null for a baseline. */
  readonly chosen: number | null;
}

/** Which criteria give segments that tell the next period best. */
export interface CriteriaTest {
  /** Candidates first, then baselines, in the order given. */
  readonly lines: readonly CriterionLine[];
  /** The candidate that predicts most. */
  readonly best: string;
  /** What the best candidate predicts: too good, because it was picked for that. */
  readonly predicted: number;
  /** What is predicted on customers who had no say in the picking. */
  readonly predictedNested: number;
  /** The baseline that predicts most; null without baselines. */
  readonly baseline: string | null;
  readonly notes: readonly string[];
}

/** Options of {@link testCriteria}. */
export interface CriteriaOptions {
  readonly seed: number;
  /** Parts that customers are dealt to; each is predicted from the others. Default 10. */
  readonly folds?: number;
  /** Times that they are dealt anew; default 10. */
  readonly repeats?: number;
  /** See outOfTimeValue: draws of the bootstrap behind the intervals, default 1,000; level, default 0.95. */
  readonly draws?: number;
  readonly level?: number;
}

/**
 * Which criteria (bases and counts of segments) in one period tell best what customers are worth in the next.
 *
 * Candidates stand beside baselines such as deciles of a score. Whatever comes out best of many looks better than it is: therefore
 * the choice is made again without each tenth of the customers, and judged on that tenth. O(draws · customers · divisions + repeats ·
 * folds² · groups · divisions).
 *
 * @param candidates - Segments of period A, one division per criterion.
 * @param baselines - Simpler divisions of the same customers; may be none.
 * @param margins - Margin of each customer in period B.
 * @throws InputError if there is no candidate, or as outOfTimeValue.
 * @see Varma & Simon (2006), doi:10.1186/1471-2105-7-91, on choosing inside the folds; Stone (1974), doi:10.1111/j.2517-6161.1974.tb00994.x
 */
export function testCriteria(
  candidates: readonly Division[],
  baselines: readonly Division[],
  margins: ArrayLike<number>,
  options: CriteriaOptions,
): CriteriaTest {
  const { seed, folds = 10, repeats = 10, draws = 1000, level = 0.95 } = options;
  checkCount("testCriteria", "folds", folds, 3, 100);
  checkCount("testCriteria", "repeats", repeats, 1, 1000);
  if (candidates.length === 0)
    throw new InputError("testCriteria: candidates must hold at least one, got none");
  const divisions = [...candidates, ...baselines];
  const told = outOfTimeValue(divisions, margins, { seed, draws, level });
  const rows = Array.from(margins, (_, i) => i).filter((i) =>
    divisions.every(({ labels }) => labels[i]! >= 0),
  );
  if (rows.length < 2 * folds)
    throw new InputError(
      `testCriteria: candidates must have at least ${2 * folds} customers in common, got ${rows.length}`,
    );
  const customers = {
    values: centred(rows.map((i) => margins[i]!)),
    groupings: divisions.map(({ labels }) => rows.map((i) => labels[i]!)),
  };
  const trials = runTrials(customers, candidates.length, { seed, folds, repeats });
  const mean = (of: (trial: Trial) => number) => sum(trials.map(of)) / repeats;
  const choices = trials.flatMap((trial) => trial.choices);
  const lines = told.map((line, d): CriterionLine => {
    const isCandidate = d < candidates.length;
    const chosen = isCandidate ? choices.filter((choice) => choice === d).length / choices.length : null;
    return { ...line, isCandidate, predicted: mean(({ predicted }) => predicted[d]!), chosen };
  });
  const best = bestOf(lines.slice(0, candidates.length))!;
  const predictedNested = mean(({ nested }) => nested);
  const baseline = bestOf(lines.slice(candidates.length));
  const notes = notesOn(best, predictedNested, baseline);
  const { name, predicted } = best;
  return { lines, best: name, predicted, predictedNested, baseline: baseline?.name ?? null, notes };
}

/** Customers dealt anew each time, so that no one way to deal them decides. */
function runTrials(
  {
    values,
    groupings,
  }: { readonly values: Float64Array; readonly groupings: readonly (readonly number[])[] },
  candidateCount: number,
  { seed, folds, repeats }: { readonly seed: number; readonly folds: number; readonly repeats: number },
): Trial[] {
  const random = createRandom(seed);
  return Array.from({ length: repeats }, (_, repeat) => {
    const dealt = dealFolds(values.length, folds, random.fork(repeat));
    const sums = groupings.map((labels) => sumFolds(labels, values, { dealt, folds }));
    return trialOf(sums, candidateCount, folds);
  });
}

interface Trial {
  /** Of each division. */
  readonly predicted: readonly number[];
  /** Of the candidate chosen without each fold. */
  readonly nested: number;
  readonly choices: readonly number[];
}

/** Each fold predicted from the others by every division, and by the candidate that does best within the others. */
function trialOf(sums: readonly FoldSums[], candidateCount: number, folds: number): Trial {
  const each = Array.from({ length: folds }, (_, fold) => fold);
  const without = sum(each.map((fold) => foldError(sums[0]!, fold, { byGroup: false })));
  const errors = sums.map((own) => each.map((fold) => foldError(own, fold)));
  const choices = each.map((held) => {
    const inner = sums
      .slice(0, candidateCount)
      .map((own) => sum(each.map((fold) => (fold === held ? 0 : foldError(own, fold, { without: held })))));
    return inner.indexOf(Math.min(...inner));
  });
  return {
    predicted: errors.map((own) => 1 - sum(own) / without),
    nested: 1 - sum(choices.map((choice, fold) => errors[choice]![fold]!)) / without,
    choices,
  };
}

/** Around the mean, so that squares keep their digits. */
function centred(values: readonly number[]): Float64Array {
  const mean = sum(values) / values.length;
  return Float64Array.from(values, (value) => value - mean);
}

function bestOf(lines: readonly CriterionLine[]): CriterionLine | undefined {
  return lines.reduce<CriterionLine | undefined>(
    (best, line) => (best === undefined || line.predicted > best.predicted ? line : best),
    undefined,
  );
}

function notesOn(best: CriterionLine, nested: number, baseline: CriterionLine | undefined): string[] {
  const share = (value: number) => (value < 0 ? `${numberText(100 * value)} %` : percentText(value));
  return [
    `${best.name} predicts ${share(best.predicted)} of the variance of the next period's margin; choosing it anew without the customers judged, ${share(nested)}.`,
    ...(baseline === undefined
      ? []
      : [
          baseline.predicted >= nested
            ? `${baseline.name} predicts ${share(baseline.predicted)}: no criterion is shown to do better.`
            : `${baseline.name}, the best of the simpler divisions, predicts ${share(baseline.predicted)}.`,
        ]),
    ...(nested > 0
      ? []
      : ["No criterion predicts more than one mean for all: nothing may be refined on this evidence."]),
  ];
}
