import { countSorted } from "../core/atoms.js";
import type { Matrix } from "../core/matrix.js";
import { countText, percentText } from "../core/number-text.js";
import type { JudgeOptions } from "./judge-options.js";
import type { JudgedSolution, Judgement } from "./judgement.js";
import { planJudgement } from "./judgement-plan.js";
import { judgementReason } from "./judgement-reason.js";
import type { Separations } from "./measure-separation.js";
import type { PreparedRows } from "./prepare-rows.js";
import type { Recommendation } from "./recommend-count.js";
import { checkSampleSize } from "./sample-size.js";
import type { Trials } from "./trials.js";

/** What comes out of the long part of a judgement. */
export interface JudgedWork {
  readonly separations: Separations;
  readonly recommended: Recommendation;
  /** The recommended one first, where there is one; then what was asked for. */
  readonly solutions: readonly JudgedSolution[];
}

/** Everything a judgement is put together from. */
export interface JudgementParts extends JudgedWork {
  readonly prepared: PreparedRows;
  readonly trials: Trials;
  readonly options: JudgeOptions;
}

/** The judgement with its reason, its notes, and how much chance is in it. */
export function summariseJudgement(matrix: Matrix, parts: JudgementParts): Judgement {
  const { prepared, trials, options, separations, recommended, solutions } = parts;
  const { count, route, bestCounts } = recommended;
  const { significance } = separations;
  const solution = count === 1 ? undefined : solutions[0]!;
  const tried = separations.candidates.slice(0, trials.tried.length);
  const columnWeights = weightsOf(parts, matrix.columnCount);
  const allSeparations = separations.candidates.map(({ separation }) => separation);
  const { refits } = planJudgement(options.thorough ?? false).stability;
  return {
    recommendedCount: count,
    route,
    bestCounts,
    columnWeights,
    verdict: solution?.verdict ?? "no-reliable-segments",
    reason: judgementReason({
      sampled: sampledSentence(matrix, parts),
      recommended,
      separations: tried.map(({ separation }) => separation),
      significance,
      solution,
      weights: (columnWeights ?? []).map((weight, j) => ({ column: matrix.columns[j]!, weight })),
      notTried: trials.notes[0],
    }),
    separations: allSeparations.slice(0, allSeparations.length - trials.own.length),
    significance,
    solutions,
    sampleSize: checkSampleSize(matrix.rowCount, {
      columnCount: prepared.columns.length,
      clusterCount: count > 1 ? count : (solutions[0]?.count ?? 2),
      binary: isBinary(prepared),
    }),
    rows: matrix.rowCount,
    judgedRows: prepared.rowCount,
    sample: prepared.rowCount < matrix.rowCount ? Int32Array.from(prepared.rowNumbers).sort() : null,
    copies: separations.copies,
    refits,
    seed: options.seed,
    monteCarloError: {
      pValue: Math.sqrt((significance * (1 - significance)) / (Math.max(1, separations.copies) + 1)),
      jaccard: jaccardError(solutions, refits),
    },
    notes: notesOf(matrix, parts),
  };
}

/** Nothing where every customer was judged. */
function sampledSentence({ rowCount }: Matrix, { prepared, options }: JudgementParts): string {
  if (prepared.rowCount === rowCount) return "";
  return `Judged on ${countText(prepared.rowCount)} of ${countText(rowCount)} customers, drawn with seed ${options.seed}.`;
}

/** Weights in the order of the matrix's columns. */
function weightsOf(
  { prepared, separations, recommended: { count, route } }: JudgementParts,
  columnCount: number,
): readonly number[] | null {
  if (route === "plain") return null;
  const found = separations.candidates.find(({ trial }) => trial.count === count && trial.route === route)!;
  const weights = new Array<number>(columnCount).fill(0);
  prepared.columns.forEach((column, j) => {
    weights[column] = found.weights[j]!;
  });
  return weights;
}

function isBinary({ values, columnCount, rowCount }: PreparedRows): boolean {
  return (
    columnCount > 0 &&
    Array.from({ length: columnCount }, (_, j) =>
      countSorted(Float64Array.from({ length: rowCount }, (_, i) => values[i * columnCount + j]!).sort()),
    ).every((counted) => counted.values.length === 2)
  );
}

/** Standard error of a mean overlap, from the widest band of any segment shown; 90 % of a normal lie within 1.645 deviations. */
function jaccardError(solutions: readonly JudgedSolution[], refits: number): number {
  const widest = Math.max(
    0,
    ...solutions.flatMap(({ segments }) => segments.map(({ low, high }) => high - low)),
  );
  return widest / (2 * 1.645) / Math.sqrt(refits);
}

function notesOf(matrix: Matrix, { prepared, trials, options, separations }: JudgementParts): string[] {
  const notes = [...trials.notes];
  const constant = matrix.columns.filter((_, j) => !prepared.columns.includes(j));
  if (constant.length > 0)
    notes.push(
      `${constant.join(", ")} ${constant.length === 1 ? "does" : "do"} not vary and ${constant.length === 1 ? "was" : "were"} left out.`,
    );
  const set = prepared.columns.filter((_, j) => !prepared.free[j]).map((j) => matrix.columns[j]!);
  if (set.length > 0)
    notes.push(
      `${set.join(", ")}: one value holds at least ${percentText(0.05)} of the customers; the gap beside it is not taken for a gap between segments.`,
    );
  if (prepared.spreads.some((spread) => spread !== 1))
    notes.push(
      "The columns vary by different amounts: the plain route keeps these amounts, the weighted route and the gaps between segments are taken on z-scores.",
    );
  if (trials.own.length > 0)
    notes.push(
      "The labels given are judged as they are; their stability is how well k-means of the same count comes back to them.",
    );
  if (
    trials.tried.length > 0 &&
    separations.copies < planJudgement(options.thorough ?? false).separation.copies
  )
    notes.push(
      `The search ended after ${separations.copies} group-free copies: the smallest p was far above ${separations.significance} by then.`,
    );
  if (separations.candidates.some(({ pairs }) => pairs.some(({ joinedAround }) => joinedAround)))
    notes.push(
      "Some gaps have customers all along a way around them, as in a ring or a curved band: what lies on their sides counts as one group.",
    );
  return notes;
}
