import type { CustomerTable } from "../core/feature.js";
import type { SegmentName } from "../segments/define-segments.js";
import { profileSegments } from "../segments/profile-segments.js";
import { suggestNames } from "../segments/suggest-names.js";

/** Keys of segments in label order: `s1`, `s2`, … */
export function segmentKeys(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `s${i + 1}`);
}

/** A name for each cluster from its strongest markers, which become its description. */
export function suggestNamesOf(
  table: CustomerTable,
  labels: Int32Array,
  count: number,
): ReadonlyMap<string, SegmentName> {
  const segments = segmentKeys(count).map((key) => ({ key, name: key }));
  const suggestions = suggestNames(profileSegments(table, labels, { segments }));
  return new Map(
    suggestions.map(({ key, name, because }) => [key, { name, description: because.join("; ") }]),
  );
}
