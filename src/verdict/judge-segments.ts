import type { Matrix } from "../core/matrix.js";
import type { Route } from "../kmeans/fit-route.js";
import { startsOf } from "./find-candidates.js";
import { streamOf } from "./fit-solution.js";
import { fitCopies } from "./group-free-copies.js";
import { judgeCandidate } from "./judge-candidate.js";
import { checkJudgeOptions, type JudgeOptions } from "./judge-options.js";
import type { JudgedSolution, Judgement } from "./judgement.js";
import { planJudgement, stabilityStarts } from "./judgement-plan.js";
import { type ComparedCandidate, measureSeparation, type Separations } from "./measure-separation.js";
import { type PreparedRows, prepareRows } from "./prepare-rows.js";
import { recommendStable } from "./recommend-stable.js";
import { type JudgedWork, summariseJudgement } from "./summarise-judgement.js";
import { countTrials, type Trials } from "./trials.js";
import { separationSignificance } from "./verdict-rules.js";
import { openWorkProgress } from "./work-progress.js";

/**
 * Whether customers fall into groups at all, how many, and which segments of a solution are real.
 *
 * A group is real when there are fewer customers between it and each neighbour than in the middles: a valley. For every
 * count on two routes (k-means on the columns as given, and with columns weighing what they tell) the shallowest valley
 * of any pair is compared with the same in group-free copies of the rows that go through the whole search, corrected for
 * everything tried; every pair must also pass limits that do not move with the number of rows. The largest count that
 * does both is recommended, else 1. Stability under refits is read second: it can only take away, the word "natural" from a
 * segment, and a count of which a segment may be a saddle.
 *
 * The plain route runs in the scale of the columns as given, for a recipe may weigh them on purpose; valleys, copies and
 * the weighted route use z-scores. Constant columns are left out. Above 20,000 rows a seeded sample is judged. Nothing
 * depends on the order of the rows or the number of threads. About 20,000 k-means starts on the judged rows.
 *
 * @param matrix - Shape (nRows, nColumns), prepared (logarithms, weights) as the segments are to be found in it.
 * @returns Verdicts with their reasons, bands of group-free copies, and notes. Too few rows, or no column that varies, is
 *   an answer: count 1.
 * @throws InputError if a value is not finite, there is no row, or an option is not as {@link JudgeOptions} says.
 */
export function judgeSegments(matrix: Matrix, options: JudgeOptions): Judgement {
  const checked = checkJudgeOptions(matrix, options);
  const prepared = prepareRows(matrix, streamOf(options.seed, "data"));
  const trials = countTrials(prepared, checked);
  const hasWork = trials.tried.length + trials.further.length + trials.own.length > 0;
  const judged = hasWork ? judgePrepared(matrix, { prepared, trials, options }) : nothingJudged(prepared);
  return summariseJudgement(matrix, { prepared, trials, options, ...judged });
}

const nothingJudged = ({ free }: PreparedRows): JudgedWork => ({
  separations: { candidates: [], copies: 0, significance: separationSignificance(free) },
  recommended: { count: 1, route: "plain", bestCounts: { plain: 1, weighted: 1 }, passedOver: [] },
  solutions: [],
});

function judgePrepared(
  matrix: Matrix,
  {
    prepared,
    trials,
    options,
  }: { readonly prepared: PreparedRows; readonly trials: Trials; readonly options: JudgeOptions },
): JudgedWork {
  const { seed, threads, thorough = false, shown = [] } = options;
  const { separation, stability } = planJudgement(thorough);
  const fitted = [...trials.tried, ...trials.further];
  const separationStarts =
    startsOf(fitted, separation.starts) + separation.copies * startsOf(fitted, separation.copyStarts);
  const progress = openWorkProgress(
    separationStarts + (1 + shown.length) * stabilityStarts(stability, "plain"),
    options.onProgress,
  );
  const model = fitCopies(prepared.scores, prepared.columnCount, streamOf(seed, "data").fork(2));
  const separations = measureSeparation(prepared, model, {
    compared: trials,
    plan: separation,
    work: { seed, threads },
    progress,
  });
  const smallestP = Math.min(...separations.candidates.map((one) => one.separation.pValue));
  const groupsExist = smallestP <= separations.significance;
  const judge = (candidate: ComparedCandidate) =>
    judgeCandidate(matrix, candidate, {
      prepared,
      model,
      plan: stability,
      ...{ smallestP, groupsExist },
      work: { seed, threads, onProgress: progress.step(stabilityStarts(stability, candidate.trial.route)) },
    });
  const work = judgeCandidates(separations, trials, judge);
  progress.finish();
  return { separations, ...work };
}

/** Judges the recommended solution, then what was asked for: counts of the plain route, then labellings. */
function judgeCandidates(
  { candidates }: Separations,
  trials: Trials,
  judge: (candidate: ComparedCandidate) => JudgedSolution,
): Omit<JudgedWork, "separations"> {
  const tried = candidates.slice(0, trials.tried.length);
  const find = (count: number, route: Route) =>
    candidates.find(({ trial }) => trial.count === count && trial.route === route);
  const { recommended, solution } = recommendStable(
    tried.map(({ separation }) => separation),
    (count, route) => judge(find(count, route)!),
  );
  const { count, bestCounts } = recommended;
  const solutions = solution === undefined ? [] : [solution];
  let { route } = recommended;
  // Both routes come to this count: where the plain one is not natural and the weighted one is, that is the better view.
  if (
    count > 1 &&
    route === "plain" &&
    bestCounts.weighted === count &&
    solutions[0]!.verdict !== "natural"
  ) {
    const other = judge(find(count, "weighted")!);
    if (other.verdict === "natural") {
      solutions.unshift(other);
      route = "weighted";
    }
  }
  for (const shown of trials.shownCounts) {
    if (solutions.some((one) => one.count === shown && one.route === "plain")) continue;
    solutions.push(judge(find(shown, "plain")!));
  }
  solutions.push(...candidates.slice(candidates.length - trials.own.length).map(judge));
  return { recommended: { ...recommended, route }, solutions };
}
