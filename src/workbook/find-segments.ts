import type { TransformName } from "../core/feature.js";
import type { Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { sha256 } from "../core/sha256.js";
import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";
import { fitRecipe } from "../features/fit-recipe.js";
import { applyRecipe, type Recipe } from "../features/recipe.js";
import type { WeightChoice } from "../features/weigh-columns.js";
import { fitKMeans, type KMeansFit } from "../kmeans/kmeans.js";
import { assessStability, type StabilityAssessment } from "../validity/assess-stability.js";
import { type ClusterCountChoice, chooseClusterCount } from "../validity/choose-cluster-count.js";
import { decideCount } from "./decide-count.js";
import { remember } from "./remember.js";

/** What the analyst decides about the search. */
export interface FindSegmentsOptions {
  readonly counts: readonly [low: number, high: number];
  /** Fixed count; absent: the declared rule decides. */
  readonly clusterCount?: number;
  readonly starts: number;
  readonly seed: number;
  /** Feature name → transform; others are decided from the data. */
  readonly transforms?: ReadonlyMap<string, TransformName>;
  /** How much each feature or block of features counts; absent: every feature the same. */
  readonly weights?: WeightChoice;
  /** What to define when the rule finds no groups: the steadiest cut, or one segment. */
  readonly whenNothingReliable: "constructive" | "one";
  /** Folder in which the search is remembered; absent: it is done anew. */
  readonly memory?: string;
  /** Called between units of work; an error thrown in it ends the search. Silent where the search is remembered. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** Where a search stands. */
export interface SearchProgress extends Progress {
  /** count: trying every count; cuts: how steady each is; fit: the count decided on; stability: customers drawn anew. */
  readonly stage: "count" | "cuts" | "fit" | "stability";
}

/** Segments found in a matrix of raw basis features. */
export interface FoundSegments extends SegmentSearch {
  readonly recipe: Recipe;
  /** On the lattice, shape (nRows, nSteps). */
  readonly matrix: Matrix;
}

/** A solution with everything that speaks for or against it. */
export interface SegmentSearch {
  readonly choice: ClusterCountChoice;
  /** What the rule says; 1: the data look like one group. */
  readonly recommendedCount: number;
  /** What was fitted. */
  readonly clusterCount: number;
  /** Why that count, in a sentence. */
  readonly countReason: string;
  readonly fit: KMeansFit;
  readonly stability: StabilityAssessment;
  /** One per segment. */
  readonly verdicts: readonly SegmentVerdict[];
  readonly verdict: SolutionVerdict;
}

/** Changes when the same matrix would give another search than before. */
const searchVersion = 6;

/** Bootstrap Jaccard from which a segment counts as coming back (Hennig 2007). */
const stableJaccard = 0.75;

/**
 * Recipe, count, fit and stability in one go: the straight path from raw basis features to segments.
 *
 * Deterministic: the same matrix, in any row order, and the same options give the same segments. Cost is that of
 * chooseClusterCount.
 *
 * @param raw - Shape (nRows, nFeatures), raw values, NaN where missing.
 * @throws InputError as fitRecipe, chooseClusterCount and fitKMeans.
 */
export function findSegments(raw: Matrix, options: FindSegmentsOptions): FoundSegments {
  const { memory, transforms, weights } = options;
  const recipe = fitRecipe(raw, { ...(transforms && { transforms }), ...(weights && { weights }) });
  // Weights are in the matrix from here on, so that a remembered search needs no other mark of them.
  const matrix = applyRecipe(recipe, raw);
  if (memory === undefined) return { recipe, matrix, ...searchSegments(matrix, options) };
  const { counts, clusterCount = 0, starts, seed, whenNothingReliable } = options;
  const inputs = {
    searchVersion,
    rows: sha256(new Uint8Array(matrix.values.buffer)),
    columns: matrix.columnCount,
  };
  const settings = { counts, clusterCount, starts, seed, whenNothingReliable };
  const search = remember(memory, "segments", { ...inputs, ...settings }, () =>
    searchSegments(matrix, options),
  );
  // A remembered search comes back as JSON, which knows no typed arrays.
  const labels = Int32Array.from(Object.values(search.fit.labels));
  return { recipe, matrix, ...search, fit: { ...search.fit, labels } };
}

function searchSegments(matrix: Matrix, options: FindSegmentsOptions): SegmentSearch {
  const { onProgress, ...wishes } = options;
  const { counts, starts, seed } = wishes;
  const choice = chooseClusterCount(matrix, { counts, starts, seed, ...during("count", onProgress) });
  const { clusterCount, countReason } = decideCount(matrix, choice, {
    ...wishes,
    ...during("cuts", onProgress),
  });
  const fit = fitKMeans(matrix, { clusterCount, starts, seed, ...during("fit", onProgress) });
  const stability = assessStability(matrix, { clusterCount, seed, fit, ...during("stability", onProgress) });
  const verdicts = stability.segments.map(
    ({ jaccard }): SegmentVerdict => (jaccard >= stableJaccard ? "constructive" : "not-supported"),
  );
  const { recommendedCount } = choice;
  const verdict = judgeWhole(recommendedCount, verdicts, fit.sizes);
  return { choice, recommendedCount, clusterCount, countReason, fit, stability, verdicts, verdict };
}

/** Tells of a stage's own progress under its name. */
function during(
  stage: SearchProgress["stage"],
  onProgress: FindSegmentsOptions["onProgress"],
): { readonly onProgress?: (progress: Progress) => void } {
  return onProgress ? { onProgress: (progress) => onProgress({ ...progress, stage }) } : {};
}

/** Without a comparison with group-free data nothing is called natural or reproducible, however steady. */
function judgeWhole(
  recommendedCount: number,
  verdicts: readonly SegmentVerdict[],
  sizes: ArrayLike<number>,
): SolutionVerdict {
  const total = Array.from(sizes).reduce((sum, size) => sum + size, 0);
  const steady = verdicts.reduce((sum, verdict, i) => sum + (verdict === "constructive" ? sizes[i]! : 0), 0);
  const isDivided = recommendedCount > 1 && verdicts.length > 1;
  return isDivided && steady * 2 >= total ? "constructive" : "no-reliable-segments";
}
