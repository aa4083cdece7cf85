import { checkNumber, checkSameLength } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { assignLeast } from "../validity/match-clusters.js";
import { jaccardOf, type OverlapTable, tableOverlaps } from "../validity/overlap-table.js";
import { findMerges, findSplits, partsOf, type SegmentPart, sharedOf } from "./segment-parts.js";

/** What became of a segment between two refreshes. */
export type SegmentStatus = "continued" | "drifted" | "split" | "merged" | "born" | "died";

/** Customers known at both dates, by the segments of both definitions; entry i is the same customer. */
export interface CommonCustomers {
  /** Segment before, 0…beforeCount − 1, −1 for in none. */
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
  readonly beforeCount: number;
  readonly afterCount: number;
  /** Distance of the centres on the frozen scale, for overlaps that are equal; default 0 for all. */
  readonly centreDistance?: (before: number, after: number) => number;
}

/** From which overlap on a segment counts as the same. */
export interface MatchThresholds {
  /** Jaccard overlap from which a segment continues; default 0.75. */
  readonly continued?: number;
  /** Jaccard overlap from which it drifted, but is still the same; default 0.5. */
  readonly drifted?: number;
  /** Share of a segment that a part must hold to count as one of its parts; default 0.25. */
  readonly part?: number;
}

/** One segment after, and what it was. */
export interface MatchedSegment {
  readonly after: number;
  readonly status: Exclude<SegmentStatus, "died">;
  /** The segment whose key and name it keeps; null where they are withheld. */
  readonly keeps: number | null;
  /** The segment that it was matched with, whatever became of it; null where there are too few, or nobody is in both. */
  readonly matched: number | null;
  /** Jaccard overlap with its match on common customers, 0…1; 0 without a match. */
  readonly jaccard: number;
  /** Largest first. */
  readonly from: readonly SegmentPart[];
}

/** One segment before, and what became of it. */
export interface FormerSegment {
  readonly before: number;
  readonly status: Exclude<SegmentStatus, "born">;
  readonly into: readonly SegmentPart[];
}

/** How two divisions of the same customers belong together. */
export interface SegmentMatching {
  /** One per segment after. */
  readonly segments: readonly MatchedSegment[];
  /** One per segment before. */
  readonly former: readonly FormerSegment[];
}

/**
 * Finds each segment again among the segments of a later definition, by the customers they share.
 *
 * The one-to-one match with most customers in common; where that is equal, the nearer centres. A match *continued* from a Jaccard
 * overlap of 0.75 and *drifted* from 0.5. A segment before is *split* where two or more after it each hold a quarter of it and are
 * made of it by half; segments *merged* where one after holds half of each of two or more and each is a quarter of it; else it
 * *died*, or is *born*. Continuing goes before splitting and merging, these before drifting. O(customers + segments³).
 *
 * @throws InputError if labels differ in length or lie beyond the segments, or thresholds are not in order.
 * @see Spiliopoulou et al. (2006), MONIC, doi:10.1145/1150402.1150491; Kuhn (1955), doi:10.1002/nav.3800020109
 */
export function matchSegments(customers: CommonCustomers, thresholds: MatchThresholds = {}): SegmentMatching {
  const { before, after, beforeCount, afterCount } = customers;
  const { continued = 0.75, drifted = 0.5, part = 0.25 } = thresholds;
  checkNumber("matchSegments", "drifted", drifted, 0.01, 1);
  checkNumber("matchSegments", "continued", continued, drifted, 1);
  checkNumber("matchSegments", "part", part, 0.01, 0.5);
  checkSameLength("matchSegments", "after", after, before.length, "one per customer before");
  checkLabels("matchSegments", before, before.length, beforeCount);
  checkLabels("matchSegments", after, after.length, afterCount);
  const table = overlapsOf(customers);
  const matches = bestMatches(table, customers);
  const jaccards = matches.map((a, b) => (a < 0 ? 0 : jaccardOf(table, a, b)));
  const isContinued = jaccards.map((jaccard) => jaccard >= continued);
  const splits = findSplits(table, { part, matches, isContinued });
  const merges = findMerges(table, { part, matches, isContinued });
  const statuses = matches.map((_, b): MatchedSegment["status"] => {
    if (isContinued[b]) return "continued";
    if (splits.some((parts) => parts.includes(b))) return "split";
    if (merges[b]!.length > 0) return "merged";
    return jaccards[b]! >= drifted ? "drifted" : "born";
  });
  const keeps = statuses.map((status, b) =>
    status === "continued" || status === "drifted" ? matches[b]! : null,
  );
  return {
    segments: statuses.map((status, b) => ({
      after: b,
      status,
      keeps: keeps[b]!,
      matched: matches[b]! < 0 ? null : matches[b]!,
      jaccard: jaccards[b]!,
      from: partsOf(
        Array.from({ length: beforeCount }, (_, a) => sharedOf(table, a, b)),
        table.sizesAfter[b]!,
      ),
    })),
    former: Array.from({ length: beforeCount }, (_, a) => ({
      before: a,
      status: formerStatus(a, { statuses, keeps, splits, merges }),
      into: partsOf(
        Array.from({ length: afterCount }, (_, b) => sharedOf(table, a, b)),
        table.sizesBefore[a]!,
      ),
    })),
  };
}

/** Customers in no segment have a row and a column of their own, so that overlaps count them. */
function overlapsOf({ before, after, beforeCount, afterCount }: CommonCustomers): OverlapTable {
  const placed = (labels: ArrayLike<number>, count: number) =>
    Int32Array.from(labels, (label) => (label < 0 ? count : label));
  return tableOverlaps(placed(before, beforeCount), placed(after, afterCount), {
    before: beforeCount + 1,
    after: afterCount + 1,
  });
}

/** For each segment after, the one before in the match with most common customers; −1 where they share none. */
function bestMatches(
  table: OverlapTable,
  { beforeCount, afterCount, centreDistance = () => 0 }: CommonCustomers,
): number[] {
  const size = Math.max(beforeCount, afterCount);
  const distances = Array.from({ length: beforeCount }, (_, a) =>
    Array.from({ length: afterCount }, (_, b) => centreDistance(a, b)),
  );
  // All distances of a match together weigh less than one customer.
  const farthest = 2 * size * (1 + Math.max(...distances.flat()));
  const origins = assignLeast(size, (a, b) =>
    a < beforeCount && b < afterCount ? distances[a]![b]! / farthest - sharedOf(table, a, b) : 0,
  );
  return Array.from({ length: afterCount }, (_, b) => {
    const a = origins[b]!;
    return a < beforeCount && sharedOf(table, a, b) > 0 ? a : -1;
  });
}

function formerStatus(
  a: number,
  found: {
    readonly statuses: readonly MatchedSegment["status"][];
    readonly keeps: readonly (number | null)[];
    readonly splits: readonly (readonly number[])[];
    readonly merges: readonly (readonly number[])[];
  },
): FormerSegment["status"] {
  const { statuses, keeps, splits, merges } = found;
  const heir = keeps.indexOf(a);
  if (heir >= 0) return statuses[heir] === "continued" ? "continued" : "drifted";
  if (splits[a]!.length > 0) return "split";
  return merges.some((parts, b) => statuses[b] === "merged" && parts.includes(a)) ? "merged" : "died";
}
