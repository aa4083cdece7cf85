import { numberText } from "../core/number-text.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { farthestCell, indexHeatMap } from "./index-heat-map.js";

export interface CategoryIndexView {
  readonly segments: readonly ChartSegment[];
  readonly categories: readonly string[];
  /** Shape (nCategories, nSegments): share of the segment's spend / share of all spend · 100; null where nobody bought. */
  readonly index: readonly (readonly (number | null)[])[];
}

/** What does each segment buy? Share of spend by category as an index, all customers = 100. */
export function categoryIndex(view: CategoryIndexView): Figure {
  const cell = farthestCell(
    view.index.map((row) => row.map((value) => (value !== null && value > 100 ? value : null))),
  );
  const title =
    cell === undefined
      ? "Every segment buys the categories alike"
      : `“${view.segments[cell.column]!.name}” stand out in ${view.categories[cell.row]}: ${numberText(cell.value / 100)} times the usual share of spend`;
  return indexHeatMap({
    title,
    caption: "Index of spend by category and segment, all customers = 100",
    segments: view.segments,
    rowName: "Category",
    rowLabels: view.categories,
    index: view.index,
    note: "Category’s share of the segment’s spend divided by its share of all spend, times 100.",
  });
}
