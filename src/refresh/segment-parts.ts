import type { OverlapTable } from "../validity/overlap-table.js";

/** Where a segment's customers come from, or where they go. */
export interface SegmentPart {
  readonly segment: number;
  readonly customers: number;
  /** Of the common customers of the segment that is described, 0…1. */
  readonly share: number;
}

/** How segments were matched, before anyone looks for parts. */
export interface OneToOne {
  /** Share of a segment that a part must hold, 0…0.5. */
  readonly part: number;
  /** For each segment after, the one before that it is matched with; −1 for none. */
  readonly matches: readonly number[];
  /** For each segment after, whether it continues that one. */
  readonly isContinued: readonly boolean[];
}

/** Customers of segment `a` before and `b` after; the last row and the last column of the table are those in no segment. */
export function sharedOf(table: OverlapTable, a: number, b: number): number {
  return table.shared[a * table.sizesAfter.length + b]!;
}

/** For each segment before, the parts that it fell into; none for one that continued. O(segments²). */
export function findSplits(table: OverlapTable, { part, matches, isContinued }: OneToOne): number[][] {
  return segmentsOf(table.sizesBefore).map((a) => {
    if (matches.some((match, b) => match === a && isContinued[b])) return [];
    const parts = segmentsOf(table.sizesAfter).filter((b) => {
      const shared = sharedOf(table, a, b);
      return (
        !isContinued[b] &&
        isShare(shared, table.sizesBefore[a]!, part) &&
        isShare(shared, table.sizesAfter[b]!, 0.5)
      );
    });
    return parts.length > 1 ? parts : [];
  });
}

/** For each segment after, the segments before that it was merged of; none for one that continued. O(segments²). */
export function findMerges(table: OverlapTable, { part, isContinued }: OneToOne): number[][] {
  return segmentsOf(table.sizesAfter).map((b) => {
    if (isContinued[b]) return [];
    const parts = segmentsOf(table.sizesBefore).filter((a) => {
      const shared = sharedOf(table, a, b);
      return isShare(shared, table.sizesAfter[b]!, part) && isShare(shared, table.sizesBefore[a]!, 0.5);
    });
    return parts.length > 1 ? parts : [];
  });
}

/** The segments that hold any of `total` customers, largest first. */
export function partsOf(counts: readonly number[], total: number): SegmentPart[] {
  return counts
    .map((customers, segment) => ({ segment, customers, share: total === 0 ? 0 : customers / total }))
    .filter(({ customers }) => customers > 0)
    .sort((x, y) => y.customers - x.customers || x.segment - y.segment);
}

function isShare(count: number, total: number, share: number): boolean {
  return count > 0 && count >= share * total;
}

/** All but the last, who are in no segment. */
function segmentsOf(sizes: ArrayLike<number>): number[] {
  return Array.from({ length: sizes.length - 1 }, (_, i) => i);
}
