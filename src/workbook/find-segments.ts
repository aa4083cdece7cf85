import type { TransformName } from "../core/feature.js";
import type { Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { sha256 } from "../core/sha256.js";
import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";
import { fitRecipe } from "../features/fit-recipe.js";
import { applyRecipe, type Recipe } from "../features/recipe.js";
import type { WeightChoice } from "../features/weigh-columns.js";
import { weighRecipe } from "../features/weigh-recipe.js";
import type { KMeansFit } from "../kmeans/kmeans.js";
import { assessStability } from "../validity/assess-stability.js";
import { type ClusterCountChoice, chooseClusterCount } from "../validity/choose-cluster-count.js";
import { type FenceSitters, findFenceSitters } from "../validity/fence-sitters.js";
import type { JudgedSolution } from "../verdict/judgement.js";
import { recommendedBy } from "./decide-count.js";
import { type JudgedSearch, judgeSearch } from "./judge-search.js";
import { remember } from "./remember.js";

/** What the analyst decides about the search. */
export interface FindSegmentsOptions {
  readonly counts: readonly [low: number, high: number];
  /** Fixed count; absent: the verdict decides. */
  readonly clusterCount?: number;
  readonly starts: number;
  readonly seed: number;
  /** Feature name → transform; others are decided from the data. */
  readonly transforms?: ReadonlyMap<string, TransformName>;
  /** How much each feature or block of features counts; absent: every feature the same. */
  readonly weights?: WeightChoice;
  /** What to define when nothing separates the customers: the steadiest cut, or one segment. */
  readonly whenNothingReliable: "constructive" | "one";
  /** Twice as many copies and refits behind the verdict. */
  readonly thorough?: boolean;
  /** Constants fitted on more customers than there are rows, or frozen by a definition; absent: they are fitted on the rows. */
  readonly recipe?: Recipe;
  /** Whether features keep the weights that the recipe gives them; default: others are tried. */
  readonly keepsWeights?: boolean;
  /** Centres of the segments so far, on the lattice: where nothing separates the customers as many are made again, and where as many are made the search also starts from them. */
  readonly formerCentres?: readonly (readonly number[])[];
  /** Folder in which the search is remembered; absent: it is done anew. */
  readonly memory?: string;
  /** Called between units of work; an error thrown in it ends the search. Silent where the search is remembered. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** Where a search stands. */
export interface SearchProgress extends Progress {
  /**
   * count: every count measured; verdict: every count beside group-free copies of the customers; fence: who lands elsewhere
   * when customers are drawn anew.
   */
  readonly stage: "count" | "verdict" | "fence";
}

/** Segments found in a matrix of raw basis features. */
export interface FoundSegments extends SegmentSearch {
  /** With the weights of the search in its scale constants. */
  readonly recipe: Recipe;
  /** On the lattice, shape (nRows, nSteps). */
  readonly matrix: Matrix;
}

/** A solution with everything that speaks for or against it. */
export interface SegmentSearch extends JudgedSearch {
  /** Every count measured in other ways; evidence beside the verdict, which decides. */
  readonly choice: ClusterCountChoice;
  /** What the verdict says; 1: nothing separates the customers. */
  readonly recommendedCount: number;
  /** Customers who land elsewhere when others are drawn; null for one segment. */
  readonly fence: FenceSitters | null;
  /** One per segment. */
  readonly verdicts: readonly SegmentVerdict[];
  readonly verdict: SolutionVerdict;
}

/** The verdict decides; the gap stands beside it, and as many references show its shape. */
const gapReferences = 50;

/**
 * Recipe, count, verdict and fit in one go: the straight path from raw basis features to segments.
 *
 * The verdict decides: the largest count at which every two segments have a gap between them that group-free data would not
 * show. Where only column weights bring the groups out, they go into the recipe's scale constants. Deterministic: the same
 * matrix, in any row order, and the same options give the same segments. Cost is that of chooseClusterCount and judgeSegments.
 *
 * @param raw - Shape (nRows, nFeatures), raw values, NaN where missing.
 * @throws InputError as fitRecipe, chooseClusterCount, judgeSegments and fitKMeans.
 */
export function findSegments(raw: Matrix, options: FindSegmentsOptions): FoundSegments {
  const { transforms, weights } = options;
  const plain =
    options.recipe ?? fitRecipe(raw, { ...(transforms && { transforms }), ...(weights && { weights }) });
  const reweigh = (shares: readonly number[]): Recipe =>
    weighRecipe(plain, new Map(plain.steps.map(({ feature }, j) => [feature, shares[j]!])));
  const matrix = applyRecipe(plain, raw);
  const search = rememberSearch(matrix, options, () =>
    searchSegments(matrix, options, (shares) => applyRecipe(reweigh(shares), raw)),
  );
  if (search.columnWeights === null) return { recipe: plain, matrix, ...search };
  const recipe = reweigh(search.columnWeights);
  return { recipe, matrix: applyRecipe(recipe, raw), ...search };
}

/** The analyst's weights are in the matrix, so that a remembered search needs no other mark of them. */
function rememberSearch(
  matrix: Matrix,
  options: FindSegmentsOptions,
  search: () => SegmentSearch,
): SegmentSearch {
  const { memory, counts, clusterCount = 0, starts, seed, whenNothingReliable, thorough = false } = options;
  if (memory === undefined) return search();
  const inputs = {
    rows: sha256(new Uint8Array(matrix.values.buffer)),
    columns: matrix.columnCount,
    isWeighted: isWeighted(options),
    ...(options.formerCentres && { formerCentres: options.formerCentres }),
  };
  const settings = { counts, clusterCount, starts, seed, whenNothingReliable, thorough };
  return revived(remember(memory, "segments", { ...inputs, ...settings }, search));
}

/** Whether weights stand that no search may change. */
function isWeighted({ weights, keepsWeights = false }: FindSegmentsOptions): boolean {
  return weights !== undefined || keepsWeights;
}

/** A remembered search comes back as JSON, which knows no typed arrays. */
function revived(search: SegmentSearch): SegmentSearch {
  const labelled = <Labelled extends { readonly labels: Int32Array }>(part: Labelled): Labelled => ({
    ...part,
    labels: Int32Array.from(Object.values(part.labels)),
  });
  const { fit, solution, judgement } = search;
  const sample = judgement?.sample;
  return {
    ...search,
    fit: labelled(fit),
    solution: solution && labelled<JudgedSolution>(solution),
    judgement: judgement && {
      ...judgement,
      solutions: judgement.solutions.map(labelled),
      sample: sample ? Int32Array.from(Object.values(sample)) : null,
    },
  };
}

function searchSegments(
  matrix: Matrix,
  options: FindSegmentsOptions,
  reweigh: (shares: readonly number[]) => Matrix,
): SegmentSearch {
  const { onProgress, ...wishes } = options;
  const { counts, starts, seed } = wishes;
  const choice = chooseClusterCount(matrix, {
    counts,
    starts,
    seed,
    references: gapReferences,
    ...during("count", onProgress),
  });
  const search = judgeSearch(matrix, choice, {
    ...wishes,
    isWeighted: isWeighted(options),
    reweigh,
    ...during("verdict", onProgress),
  });
  const { judgement, solution, fit, columnWeights } = search;
  const fitted = columnWeights ? reweigh(columnWeights) : matrix;
  return {
    ...search,
    choice,
    recommendedCount: recommendedBy(judgement, isWeighted(options)),
    fence: fit.clusterCount > 1 ? findFence(fitted, fit, { seed, ...(onProgress && { onProgress }) }) : null,
    // Everybody together: nothing was divided, so nothing could fail to come back.
    verdicts: solution?.segments.map(({ verdict }) => verdict) ?? ["constructive"],
    verdict: solution?.verdict ?? "no-reliable-segments",
  };
}

/** Who lands elsewhere when customers are drawn anew. */
export function findFence(
  matrix: Matrix,
  fit: KMeansFit,
  { seed, onProgress }: Pick<FindSegmentsOptions, "seed" | "onProgress">,
): FenceSitters {
  const { clusterCount } = fit;
  const progress = during("fence", onProgress);
  return findFenceSitters(
    assessStability(matrix, { clusterCount, seed, fit, memberships: true, ...progress }),
  );
}

/** Tells of a stage's own progress under its name. */
function during(
  stage: SearchProgress["stage"],
  onProgress: FindSegmentsOptions["onProgress"],
): { readonly onProgress?: (progress: Progress) => void } {
  return onProgress ? { onProgress: (progress) => onProgress({ ...progress, stage }) } : {};
}
