import type { CategoryColumn } from "../core/feature.js";
import { compareText } from "../core/text-order.js";
import { suppressCells } from "../disclosure/suppress-cells.js";
import type { CategoryProfile, SegmentCategory } from "./profile.js";
import { categoryVTest } from "./v-test.js";

/** A categorical feature: of everyone in a segment, and of each segment. */
export function profileCategories(
  column: CategoryColumn,
  rowsOfSegments: readonly (readonly number[])[],
  smallestGroup: number,
): { readonly total: CategoryProfile; readonly segments: readonly SegmentCategory[] } {
  const counted = rowsOfSegments.map((rows) => countCategories(column, rows));
  const everyone = new Map<string, number>();
  for (const counts of counted)
    for (const [category, count] of counts) everyone.set(category, (everyone.get(category) ?? 0) + count);
  const known = sumOf(everyone);
  const categories = [...everyone]
    .map(([category, count]) => ({ category, count, share: count / known }))
    .sort((a, b) => b.count - a.count || compareText(a.category, b.category));
  const { isShown } = suppressCells(
    categories.map(({ category }) => counted.map((counts) => counts.get(category) ?? 0)),
    smallestGroup,
  );
  const segments = counted.map((counts, j) => {
    const ownKnown = sumOf(counts);
    return {
      kind: "category" as const,
      feature: column.feature,
      known: ownKnown,
      categories: categories.map(({ category, count: total, share: totalShare }, i) => {
        const count = counts.get(category) ?? 0;
        const share = ownKnown === 0 ? 0 : count / ownKnown;
        const vTest = categoryVTest({ count, size: ownKnown, total, everyone: known });
        return { category, count, share, index: (100 * share) / totalShare, vTest, isShown: isShown[i]![j]! };
      }),
    };
  });
  return { total: { kind: "category", feature: column.feature, known, categories }, segments };
}

function countCategories(column: CategoryColumn, rows: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const category = column.values[row];
    if (category !== null && category !== undefined) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
