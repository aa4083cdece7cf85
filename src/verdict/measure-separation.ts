import { type Candidate, findCandidates, type SeparationOptions, startsOf } from "./find-candidates.js";
import type { Trial } from "./fit-solution.js";
import type { CopyModel } from "./group-free-copies.js";
import { judgeCopies } from "./judge-copies.js";
import type { CountSeparation, PairJudgement } from "./judgement.js";
import type { PreparedRows } from "./prepare-rows.js";
import { bandOf, type ComparedFigure, separationPValues } from "./separation.js";
import { separationSignificance } from "./verdict-rules.js";

/** Copies after which the rest is left out, if p is far from small by then: that can only make the answer more cautious. */
const firstCopies = 39;
const hopelessP = 0.25;

/** A candidate beside copies. */
export interface ComparedCandidate extends Candidate {
  readonly separation: CountSeparation;
}

/** Candidates in the order of what was asked for, and the copies they were compared with. */
export interface Separations {
  readonly candidates: readonly ComparedCandidate[];
  readonly copies: number;
  /** What p-values were held against. */
  readonly significance: number;
}

/**
 * Fits every trial, measures its valleys and those of the same trial on copies without groups.
 *
 * @returns Candidates: tried, further, then own.
 */
export function measureSeparation(
  prepared: PreparedRows,
  model: CopyModel,
  options: SeparationOptions,
): Separations {
  const { tried } = options.compared;
  const candidates = findCandidates(prepared, options);
  const columns = distinctTrials(candidates.map(({ trial }) => trial));
  const significance = separationSignificance(prepared.free);
  const compare = (valleys: Float64Array) =>
    compareCandidates(candidates, { columns, valleys, triedCount: tried.length, significance });
  const valleys = drawValleys(prepared, model, { ...options, columns, compare });
  return { candidates: compare(valleys), copies: valleys.length / columns.length, significance };
}

type Compare = (valleys: Float64Array) => ComparedCandidate[];

/** Worst valleys of copies, shape (copies, columns); few copies where these show already that p is far from small. */
function drawValleys(
  prepared: PreparedRows,
  model: CopyModel,
  options: SeparationOptions & { readonly columns: readonly Trial[]; readonly compare: Compare },
): Float64Array {
  const { plan, work, progress, columns, compare } = options;
  const draw = (first: number, last: number) =>
    judgeCopies(
      { model, columns: routeColumnsOf(prepared), trials: columns, starts: plan.copyStarts },
      { first, last },
      { ...work, onProgress: progress.step((last - first) * startsOf(columns, plan.copyStarts)) },
    );
  const begun = draw(0, firstCopies);
  const smallestP = Math.min(...compare(begun).map(({ separation }) => separation.pValue));
  if (plan.mayStopEarly && smallestP > hopelessP) return begun;
  return Float64Array.of(...begun, ...draw(firstCopies, plan.copies));
}

function compareCandidates(
  candidates: readonly Candidate[],
  {
    columns,
    valleys,
    triedCount,
    significance,
  }: {
    readonly columns: readonly Trial[];
    readonly valleys: Float64Array;
    readonly triedCount: number;
    readonly significance: number;
  },
): ComparedCandidate[] {
  const figures = candidates.map(({ trial, pairs }): ComparedFigure => {
    const place = columns.findIndex(({ count, route }) => count === trial.count && route === trial.route);
    const copies = valleys.filter((_, at) => at % columns.length === place);
    return { own: worstOf(pairs), copies };
  });
  const pValues = separationPValues(figures.slice(0, triedCount), figures.slice(triedCount));
  return candidates.map((candidate, i) => ({
    ...candidate,
    separation: {
      ...candidate.trial,
      worstValley: figures[i]!.own,
      null: bandOf(figures[i]!),
      pValue: pValues[i]!,
      partsFurther: pValues[i]! <= significance,
      everyPairOpen: candidate.pairs.every(({ open }) => open),
    },
  }));
}

/** What a worker needs to know of the columns, without the rows. */
export function routeColumnsOf({
  columnCount,
  spreads,
  free,
}: PreparedRows): Pick<PreparedRows, "columnCount" | "spreads" | "free"> {
  return { columnCount, spreads, free };
}

function worstOf(pairs: readonly PairJudgement[]): number {
  return pairs.reduce((worst, { valley }) => Math.max(worst, valley), 0);
}

function distinctTrials(trials: readonly Trial[]): Trial[] {
  return trials.filter(
    (trial, i) =>
      trials.findIndex(({ count, route }) => count === trial.count && route === trial.route) === i,
  );
}
