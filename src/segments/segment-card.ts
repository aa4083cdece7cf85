import type { SegmentVerdict } from "../core/verdict.js";

/** What a report shows of a segmentation before anything else. Plain data: the report knows no statistics. */
export interface SegmentOverview {
  readonly workbook: string;
  readonly asOf: string | null;
  readonly customers: number;
  readonly definitionVersion: number;
  readonly fingerprint: string;
  /** One sentence: how many segments, how many of which verdict, how many customers on a fence. */
  readonly headline: string;
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
  readonly verdict: SegmentVerdict;
  /** The verdict in words. */
  readonly verdictWords: string;
  /** Mean Jaccard of bootstrap refits, 0–1. */
  readonly stability: number;
  /** 5 % and 95 % quantiles of the same in data of the same shape without groups, 0–1; absent: not computed. */
  readonly stabilityWithoutGroups?: readonly [number, number];
  /** Three markers in plain words: "buys 2.4 × as often". */
  readonly markers: readonly string[];
  readonly action: string | null;
}
