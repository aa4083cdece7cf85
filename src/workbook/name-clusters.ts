import type { CustomerTable } from "../core/feature.js";
import type { SegmentName } from "../segments/define-segments.js";
import { segmentKeys } from "../segments/definition.js";
import { profileSegments } from "../segments/profile-segments.js";
import { suggestNames } from "../segments/suggest-names.js";

/** A name for each cluster from its strongest markers, which become its description; nothing is said of fewer than `smallestGroup`, default 10. */
export function suggestNamesOf(
  table: CustomerTable,
  labels: Int32Array,
  count: number,
  options: { readonly smallestGroup?: number } = {},
): ReadonlyMap<string, SegmentName> {
  const segments = segmentKeys(count).map((key) => ({ key, name: key }));
  const suggestions = suggestNames(profileSegments(table, labels, { segments, ...options }));
  return new Map(
    suggestions.map(({ key, name, because }) => [key, { name, description: because.join("; ") }]),
  );
}
