import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";
import type { Route } from "../kmeans/fit-route.js";

/** Where a figure lies among the same figure of group-free copies of the data. */
export interface NullBand {
  /** 5 %, 50 % and 95 % quantiles over the copies. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Share of the copies whose figure is lower, 0…1. */
  readonly percentile: number;
  readonly copies: number;
  /** The copies' figures, ascending: another figure of the same kind has its percentile among them. */
  readonly sorted: readonly number[];
}

/** How separate the clusters of one count are on one route: the shallowest valley between any two. */
export interface CountSeparation {
  readonly count: number;
  readonly route: Route;
  /** Density in the valley over the lower peak, of the worst pair; 0…1, 0: empty between, 1: no valley. */
  readonly worstValley: number;
  readonly null: NullBand;
  /** Corrected for all counts and both routes; above 0, at most 1. */
  readonly pValue: number;
  /** The p-value is at most `Judgement.significance`. */
  readonly partsFurther: boolean;
  /** Every pair is below its limit and every cluster large enough. */
  readonly everyPairOpen: boolean;
}

/** Two clusters and what lies between them. */
export interface PairJudgement {
  readonly a: number;
  readonly b: number;
  /** As `CountSeparation.worstValley`, of this pair. */
  readonly valley: number;
  /** A valley at most this deep counts as open. */
  readonly limit: number;
  /** Customers are as many on a way around the valley as in the middles, as in a ring: then nothing is open. */
  readonly joinedAround: boolean;
  /** At most the limit, not joined around, and both segments large enough to tell. */
  readonly open: boolean;
}

/** One segment of a judged solution. */
export interface SegmentJudgement {
  readonly cluster: number;
  readonly size: number;
  readonly verdict: SegmentVerdict;
  /** Why, in a sentence that names the figures. */
  readonly reason: string;
  /** Mean bootstrap Jaccard, 0…1, and its 5 % and 95 % quantiles over the refits. */
  readonly jaccard: number;
  readonly low: number;
  readonly high: number;
  /** The same in group-free copies, of their cluster of the same rank by size; null where no copies were refitted. */
  readonly jaccardNull: NullBand | null;
  /** Shallowest valley to any other segment, 0…1. */
  readonly worstValley: number;
  /** The Jaccard lies within 0.03 of the limit that its verdict hangs on: another seed may say otherwise. */
  readonly borderline: boolean;
  /** What to know before relying on the verdict, in sentences; empty where there is nothing. */
  readonly warnings: readonly string[];
  /** Segments joined by closed pairs share a part: one group cut in several. */
  readonly part: number;
}

/** Two segments without a gap, and what is lost if they become one. */
export interface MergeAdvice {
  readonly a: number;
  readonly b: number;
  readonly valley: number;
  /** Share of the variation between segments that is given up, 0…1. */
  readonly loss: number;
  /** "Segments A and B have no gap …", with the share of explained variation that is lost. */
  readonly sentence: string;
}

/** The verdict on one solution. */
export interface JudgedSolution {
  readonly count: number;
  readonly route: Route;
  readonly verdict: SolutionVerdict;
  readonly reason: string;
  /** One per judged row, in the order of the matrix; −1 where a labelling of the caller's has none. */
  readonly labels: Int32Array;
  /** Means of the judged rows, shape (count, nColumns), in the unit of the matrix. */
  readonly centres: readonly (readonly number[])[];
  readonly segments: readonly SegmentJudgement[];
  readonly pairs: readonly PairJudgement[];
  readonly separationP: number;
  readonly stabilityP: number | null;
  /** Size-weighted mean Jaccard, and the same in group-free copies. */
  readonly meanJaccard: number;
  readonly jaccardNull: NullBand | null;
  /** Number of parts that no closed pair joins; 1 where nothing separates. */
  readonly naturalParts: number;
  readonly mergeFirst: MergeAdvice | null;
}

/** One rule on how many rows segments need. */
export interface SampleSizeRule {
  readonly rule: string;
  readonly needed: number;
  readonly met: boolean;
  readonly source: string;
}

/** What can be trusted in a matrix of customers. */
export interface Judgement {
  /** 1: nothing separates the customers on these columns. */
  readonly recommendedCount: number;
  readonly route: Route;
  /** What each route would recommend on its own. */
  readonly bestCounts: { readonly plain: number; readonly weighted: number };
  /**
   * On the weighted route, what each column's squared z-score (n − 1) counts for: at most 10, 1 for a column with atoms, 0
   * for one that does not vary; null on the plain route.
   */
  readonly columnWeights: readonly number[] | null;
  /** Verdict of the recommended solution; "no-reliable-segments" where the count is 1. */
  readonly verdict: SolutionVerdict;
  /** Why, in words: the count, the route, what a neighbouring count would cut. */
  readonly reason: string;
  /** Every count on both routes. */
  readonly separations: readonly CountSeparation[];
  /** What their p-values are held against: 0.05, or 0.02 where in every column one value holds 5 % of the rows. */
  readonly significance: number;
  /** The recommended solution first, if the count is above 1; then those asked for. */
  readonly solutions: readonly JudgedSolution[];
  readonly sampleSize: readonly SampleSizeRule[];
  readonly rows: number;
  /** Fewer than `rows` where a seeded sample was judged. */
  readonly judgedRows: number;
  /** Numbers of the judged rows, ascending; null where all were judged. */
  readonly sample: Int32Array | null;
  readonly copies: number;
  readonly refits: number;
  readonly seed: number;
  /** Standard errors that come from drawing: of a p-value near `significance`, of a mean Jaccard near 0.75. */
  readonly monteCarloError: { readonly pValue: number; readonly jaccard: number };
  readonly notes: readonly string[];
}
