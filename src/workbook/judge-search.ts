import { sampleVariance } from "simple-statistics";
import { columnOf, type Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { fitKMeans, type KMeansFit } from "../kmeans/kmeans.js";
import { weighPoints } from "../kmeans/weigh-columns.js";
import { adjustedRandIndex } from "../validity/adjusted-rand.js";
import type { ClusterCountChoice } from "../validity/choose-cluster-count.js";
import { judgeSegments } from "../verdict/judge-segments.js";
import type { JudgedSolution, Judgement } from "../verdict/judgement.js";
import { type CountWishes, type DecidedCount, decideCount, usualCut } from "./decide-count.js";
import { renumberSolution } from "./renumber-solution.js";

/** What the search is to do, and the matrix in other weights. */
export interface JudgeSearchOptions extends CountWishes {
  readonly starts: number;
  readonly seed: number;
  /** Twice as many copies and refits. */
  readonly thorough?: boolean;
  /** The matrix with other column weights, each a share of the largest. */
  readonly reweigh: (weights: readonly number[]) => Matrix;
  readonly onProgress?: (progress: Progress) => void;
}

/** What is shown, and what speaks for it. */
export interface JudgedSearch extends DecidedCount {
  /** null where no count above 1 could be tried. */
  readonly judgement: Judgement | null;
  readonly fit: KMeansFit;
  /** The verdict on the fit, its clusters numbered alike; null for one segment. */
  readonly solution: JudgedSolution | null;
  /** Shares of the largest weight by which columns count, beyond those of the analyst; null: all alike. */
  readonly columnWeights: readonly number[] | null;
}

/** Counts that the verdict is made for. */
const judgedCounts = [2, 8] as const;

/** Judges every count, decides on one and fits it; what is fitted is what was judged. */
export function judgeSearch(
  matrix: Matrix,
  choice: ClusterCountChoice,
  options: JudgeSearchOptions,
): JudgedSearch {
  const asked = options.clusterCount ?? likelyCut(choice, options);
  const first = asked === undefined || asked < 2 ? undefined : fitPlain(matrix, asked, options);
  const judgement = judge(matrix, choice, { ...options, shown: first });
  const decided = decideCount(choice, judgement, options);
  const { clusterCount } = decided;
  if (judgement !== null && takesRecommended(judgement, options))
    return { ...decided, judgement, ...fitRecommended(matrix, judgement, options) };
  const fit = first?.clusterCount === clusterCount ? first : fitPlain(matrix, clusterCount, options);
  if (judgement === null || clusterCount === 1)
    return { ...decided, judgement, fit, solution: null, columnWeights: null };
  const solution =
    fit === first
      ? renumberSolution(judgement.solutions.at(-1)!, fit.centres)
      : judgeFit(matrix, choice, { ...options, fit });
  return { ...decided, judgement, fit, solution, columnWeights: null };
}

/** The analyst's weights stand: a solution that needs other ones is not taken. */
function takesRecommended(
  { recommendedCount, route }: Judgement,
  { clusterCount, isWeighted }: JudgeSearchOptions,
): boolean {
  return clusterCount === undefined && recommendedCount > 1 && (route === "plain" || !isWeighted);
}

/**
 * The cut that will be shown if nothing separates. Judged along with the counts where the gap sees one group too, which
 * saves a second judgement; never wrong, for the verdict alone decides.
 */
function likelyCut(choice: ClusterCountChoice, wishes: CountWishes): number | undefined {
  return choice.recommendedCount === 1 ? usualCut(choice, wishes)?.count : undefined;
}

/** The verdict on a fit that no search found, its clusters numbered alike; null where no count above 1 can be judged. */
export function judgeFit(
  matrix: Matrix,
  choice: ClusterCountChoice,
  options: Pick<JudgeSearchOptions, "counts" | "seed" | "thorough" | "onProgress"> & {
    readonly fit: KMeansFit;
  },
): JudgedSolution | null {
  const { fit, ...wishes } = options;
  const judgement = judge(matrix, choice, { ...wishes, shown: fit });
  return judgement && renumberSolution(judgement.solutions.at(-1)!, fit.centres);
}

function judge(
  matrix: Matrix,
  { rows }: ClusterCountChoice,
  options: Pick<JudgeSearchOptions, "counts" | "seed" | "thorough" | "onProgress"> & {
    readonly shown: KMeansFit | undefined;
  },
): Judgement | null {
  const { counts, seed, thorough = false, shown, onProgress } = options;
  const possible = rows.map(({ count }) => count).filter((count) => count > 1);
  const low = Math.max(judgedCounts[0], counts[0]);
  const high = Math.min(
    Math.max(judgedCounts[1], low),
    ...(possible.length > 0 ? [Math.max(...possible)] : []),
  );
  if (possible.length === 0 || high < low) return null;
  return judgeSegments(matrix, {
    seed,
    counts: [low, high],
    thorough,
    ...(shown && { shown: [shown.labels] }),
    ...(onProgress && { onProgress }),
  });
}

/** From free starts and, where there are as many, from the former centres: the tighter fit wins, of equal ones the free one. */
function fitPlain(matrix: Matrix, clusterCount: number, options: JudgeSearchOptions): KMeansFit {
  const { starts, seed, formerCentres } = options;
  const free = fitKMeans(matrix, { clusterCount, starts, seed });
  if (formerCentres?.length !== clusterCount) return free;
  const warm = fitKMeans(matrix, { clusterCount, seed, initialCentres: formerCentres });
  return warm.inertia < free.inertia ? warm : free;
}

/** The fit of the recommended solution: free starts where they end in the judged groups, else from the judged centres. */
function fitRecommended(
  matrix: Matrix,
  judgement: Judgement,
  options: JudgeSearchOptions,
): Pick<JudgedSearch, "fit" | "solution" | "columnWeights"> {
  const solution = judgement.solutions[0]!;
  const columnWeights = judgement.columnWeights && sharesOfLargest(matrix, judgement.columnWeights);
  const weighed = columnWeights ? options.reweigh(columnWeights) : matrix;
  const centres = columnWeights ? weighPoints(solution.centres, columnWeights) : solution.centres;
  const free = fitPlain(weighed, solution.count, options);
  const isSame =
    free.labels.length === solution.labels.length && adjustedRandIndex(free.labels, solution.labels) === 1;
  const { seed } = options;
  const fit = isSame
    ? free
    : fitKMeans(weighed, { clusterCount: solution.count, seed, initialCentres: centres });
  return { fit, solution: renumberSolution({ ...solution, centres }, fit.centres), columnWeights };
}

/** What a column's squared value counts for, from what its squared z-score does; as shares of the largest. */
function sharesOfLargest(matrix: Matrix, weights: readonly number[]): number[] {
  const counts = weights.map((weight, j) => weight / sampleVariance(Array.from(columnOf(matrix, j))));
  const largest = Math.max(...counts);
  return counts.map((count) => count / largest);
}
