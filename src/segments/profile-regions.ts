import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { suppressCells } from "../disclosure/suppress-cells.js";
import type { Profile, SegmentCategory, SegmentLabel } from "./profile.js";

/** Where the customers of each segment live. */
export interface RegionProfile {
  readonly label: string;
  readonly segments: readonly (SegmentLabel & { readonly size: number })[];
  /** Most customers first. */
  readonly regions: readonly RegionRow[];
  /** Customers in segments whose region is not known. */
  readonly unknown: number;
  readonly notes: readonly string[];
}

/** One region; cells are in the order of the segments. */
export interface RegionRow {
  readonly region: string;
  readonly customers: number;
  readonly cells: readonly RegionCell[];
}

export interface RegionCell {
  /** Customers of the segment in the region; null where they are too few to be shown, or would give away one that is. */
  readonly customers: number | null;
  /** Share of the segment that lives here, divided by the share of all, times 100; null where not shown. */
  readonly index: number | null;
}

/**
 * Where each segment lives more often than all customers do: an index per region and segment.
 *
 * 100: as often as all customers; shares are of those whose region is known. A cell of fewer than `smallestGroup` customers is not
 * shown (a region of so few not at all), nor is a second one of its row and column, so that none can be had by subtraction. O(regions · segments).
 *
 * @param feature - Name of a categorical feature of the profile, such as "region".
 * @param options - `smallestGroup`: default 10; 1 shows everything that is not empty.
 * @throws InputError if the profile has no such categorical feature.
 */
export function profileRegions(
  profile: Profile,
  feature: string,
  options: { readonly smallestGroup?: number } = {},
): RegionProfile {
  const { smallestGroup = 10 } = options;
  checkCount("profileRegions", "smallestGroup", smallestGroup, 1);
  const at = profile.total.findIndex((one) => one.kind === "category" && one.feature.name === feature);
  const total = profile.total[at];
  if (total?.kind !== "category")
    throw new InputError(
      `profileRegions: feature must be a categorical feature of the profile, got "${feature}"`,
    );
  const own = profile.segments.map(({ features }) => features[at] as SegmentCategory);
  const counts = total.categories.map((_, row) => own.map(({ categories }) => categories[row]!.count));
  const { isShown: shown } = suppressCells(counts, smallestGroup);
  const hidden = shown.flat().filter((isShown) => !isShown).length;
  const isLarge = (row: number): boolean => total.categories[row]!.count >= smallestGroup;
  const small = total.categories.filter((_, row) => !isLarge(row)).length;
  return {
    label: total.feature.label,
    segments: profile.segments,
    regions: total.categories.flatMap(({ category, count }, row) => {
      if (!isLarge(row)) return [];
      const cells = own.map(({ categories }, column) =>
        shown[row]![column]
          ? { customers: counts[row]![column]!, index: categories[row]!.index }
          : { customers: null, index: null },
      );
      return [{ region: category, customers: count, cells }];
    }),
    unknown: profile.customers - total.known,
    notes: notesOn({ hidden, cells: counts.length * own.length, small, smallestGroup }),
  };
}

interface Hidden {
  readonly hidden: number;
  readonly cells: number;
  readonly small: number;
  readonly smallestGroup: number;
}

function notesOn({ hidden, cells, small, smallestGroup }: Hidden): string[] {
  if (hidden === 0) return [];
  const left = small === 0 ? "" : ` ${small} regions of fewer customers in all are left out.`;
  return [
    `${hidden} of ${cells} cells are not shown: fewer than ${smallestGroup} customers, or one more of a row or column that would give such a cell away.${left}`,
  ];
}
