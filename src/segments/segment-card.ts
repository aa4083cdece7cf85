import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";

/** Why there are no reliable segments, and what a report shows in their place. */
export interface NothingReliable {
  /** Why, with the figures. */
  readonly reason: string;
  /** What is shown in their place. */
  readonly shown: string;
  /** What can be done with it, a sentence each. */
  readonly advice: readonly string[];
  /** How separate each count is beside group-free data. */
  readonly figures: readonly SeparationFigure[];
}

/** The shallowest valley between any two clusters of one count, beside the same in group-free data. */
export interface SeparationFigure {
  /** "2 segments". */
  readonly label: string;
  /** Customers in the valley as a share of the lower peak, 0–1; 1: no valley. */
  readonly valley: number;
  readonly withoutGroups: readonly [number, number];
  /** Share of group-free data with a lower figure, 0–1. */
  readonly percentile: number;
}

/** What a report shows of a segmentation before anything else. Plain data: the report knows no statistics. */
export interface SegmentOverview {
  readonly workbook: string;
  readonly asOf: string | null;
  readonly customers: number;
  readonly definitionVersion: number;
  readonly fingerprint: string;
  /** For which day the definition was made and when it is stale; absent in executed notebooks from before this was said. */
  readonly staleness?: string;
  /** One sentence: how many segments, how many of which verdict, how many customers on a fence. */
  readonly headline: string;
  /** On all segments together; absent: never judged. */
  readonly verdict?: SolutionVerdict;
  /** What else must be known before the segments are used, a sentence each: what to merge, too few customers, odd weights. */
  readonly cautions?: readonly string[];
  /** Said where nothing separates the customers, which is a normal outcome; absent: something does. */
  readonly nothingReliable?: NothingReliable;
  readonly currency: string;
  /** Largest first. */
  readonly cards: readonly SegmentCard[];
  /** What "how sure" means here, one or two sentences. */
  readonly method: string;
}

export interface SegmentCard {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** 0–1 of all customers. */
  readonly share: number;
  /** 0–1 of revenue; null without a money feature. */
  readonly revenueShare: number | null;
  /** 0–1 of what all customers are expected to bring; absent: not computed, or of too few customers to show. */
  readonly valueShare?: number;
  readonly verdict: SegmentVerdict;
  /** The verdict in words. */
  readonly verdictWords: string;
  /** Why, with its figures; absent: never judged. */
  readonly reason?: string;
  /** Mean Jaccard of bootstrap refits, 0–1. */
  readonly stability: number;
  /** 5 % and 95 % quantiles of the same in data of the same shape without groups, 0–1; absent: not computed. */
  readonly stabilityWithoutGroups?: readonly [number, number];
  /** Share of the data without groups that came back less, 0–1. */
  readonly stabilityPercentile?: number;
  /** What lies between this segment and its nearest neighbour; absent: not computed. */
  readonly separation?: CardSeparation;
  /** Three markers in plain words: "buys 2.4 × as often". */
  readonly markers: readonly string[];
  readonly action: string | null;
}

/** The shallowest valley between a segment and any other. */
export interface CardSeparation {
  /** Customers in the valley as a share of the lower peak, 0–1: 0 empty, 1 no valley. */
  readonly valley: number;
  /** A valley at most this deep counts as a gap. */
  readonly limit: number;
  /** 5 % and 95 % quantiles of the shallowest valley of as many clusters in data without groups; absent: not computed. */
  readonly withoutGroups?: readonly [number, number];
  /** Share of the data without groups with a lower figure, 0–1. */
  readonly percentile?: number;
}
