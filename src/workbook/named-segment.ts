import type { SegmentVerdict } from "../core/verdict.js";

/** A segment with all that a chart or a table needs of it. */
export interface NamedSegment {
  /** `s1`, `s2`, … */
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** 0–1 of all customers. */
  readonly share: number;
  /** 0–1 of revenue; null without orders. */
  readonly revenueShare: number | null;
  readonly verdict: SegmentVerdict;
  /** Mean bootstrap Jaccard, 0–1, with its 5 % and 95 % quantiles. */
  readonly jaccard: number;
  readonly low: number;
  readonly high: number;
  readonly description: string;
  /** What to do with them, as the workbook says; null where it says nothing. */
  readonly action: string | null;
}
