import type { FormerSegmentRecord, RefreshedSegment, RefreshRecord } from "./refresh-record.js";

type SegmentLists = Pick<RefreshRecord, "segments" | "former">;

/** Segments of the refit, in the order of their keys; not those that died. */
export function segmentsNow({ segments }: Pick<SegmentLists, "segments">): readonly RefreshedSegment[] {
  return segments.filter(({ status }) => status !== "died");
}

/** Segments before whose keys the refit does not have: split, merged or died. */
export function segmentsGone(record: SegmentLists): readonly FormerSegmentRecord[] {
  const kept = new Set(segmentsNow(record).map(({ key }) => key));
  return record.former.filter(({ key }) => !kept.has(key));
}
