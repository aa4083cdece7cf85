import type { SegmentVerdict } from "../core/verdict.js";
import type { CardSeparation } from "../segments/segment-card.js";

/** A segment with all that a chart or a table needs of it. */
export interface NamedSegment {
  /** `s1`, `s2`, … */
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** 0–1 of all customers. */
  readonly share: number;
  /** 0–1 of revenue; null without orders, and where it would tell of too few customers. */
  readonly revenueShare: number | null;
  readonly verdict: SegmentVerdict;
  /** Why this verdict, with its figures. */
  readonly reason: string;
  /** Mean bootstrap Jaccard, 0–1, with its 5 % and 95 % quantiles. */
  readonly jaccard: number;
  readonly low: number;
  readonly high: number;
  /** 5 % and 95 % quantiles of the mean Jaccard in data of the same shape without groups; absent: not computed. */
  readonly withoutGroups?: readonly [number, number];
  /** Share of the data without groups that came back less, 0–1. */
  readonly percentile?: number;
  /** What lies between it and its nearest neighbour; absent for one segment. */
  readonly separation?: CardSeparation;
  readonly description: string;
  /** What to do with them, as the workbook says; null where it says nothing. */
  readonly action: string | null;
}
