import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import type { Profile, SegmentFeature, SegmentLabel, SegmentProfile } from "./profile.js";
import { profileCategories } from "./profile-categories.js";
import { findMarkers, type MarkerThresholds, markerRuleText, usualThresholds } from "./profile-markers.js";
import { profileNumbers } from "./profile-numbers.js";
import { requireNumberColumn } from "./require-column.js";
import { typicalCustomer } from "./typical-customer.js";

/** Options of {@link profileSegments}. */
export interface ProfileOptions {
  /** Key and name of each segment, in label order. */
  readonly segments: readonly SegmentLabel[];
  /** Numeric feature that revenue shares are taken from, such as "spend". */
  readonly moneyFeature?: string;
  /** A feature known of fewer customers of a segment makes no marker and is not shown; default 10. */
  readonly smallestGroup?: number;
  /** From where on a difference makes a marker; what is absent takes its default. */
  readonly markers?: Partial<MarkerThresholds>;
}

/**
 * Describes each segment in the units of the data, beside all customers in segments.
 *
 * Means, medians, the index (all customers = 100), differences in pooled standard deviations, shares of categories, sizes,
 * shares of revenue, markers and the customer in the middle. Ids and excluded features are left out, and so are customers
 * in no segment. Unknown values are left out feature by feature, with the count of the known. O(features · rows log rows).
 *
 * @param table - One row per customer.
 * @param labels - Shape (nRows,), 0…segments − 1, −1 for in no segment.
 * @throws InputError if lengths differ, a label has no segment, keys repeat, or the money feature is not a numeric feature.
 * @see Dolnicar, Grün & Leisch (2018), Market Segmentation Analysis, doi:10.1007/978-981-10-8818-6, on marker variables.
 */
export function profileSegments(
  table: CustomerTable,
  labels: ArrayLike<number>,
  options: ProfileOptions,
): Profile {
  const { segments, moneyFeature, smallestGroup = 10 } = options;
  const rule = { thresholds: { ...usualThresholds, ...options.markers }, smallestGroup };
  checkLabels("profileSegments", labels, table.keys.length, segments.length);
  checkKeys(segments);
  const rows = segments.map((): number[] => []);
  for (let row = 0; row < labels.length; row++) if (labels[row]! >= 0) rows[labels[row]!]!.push(row);
  const columns = table.columns.filter(({ feature }) => feature.role !== "id" && feature.role !== "excluded");
  const profiled = columns.map((column) => profileColumn(column, rows, Math.max(1, smallestGroup)));
  const customers = rows.reduce((sum, own) => sum + own.length, 0);
  const revenue = revenueOf(table, rows, moneyFeature);
  const total = profiled.map((column) => column.total);
  return {
    customers,
    unassigned: labels.length - customers,
    moneyFeature: moneyFeature ?? null,
    total,
    segments: segments.map((segment, j): SegmentProfile => {
      const features = profiled.map((column) => column.segments[j]!);
      return {
        ...segment,
        size: rows[j]!.length,
        share: customers === 0 ? 0 : rows[j]!.length / customers,
        revenue: revenue?.sums[j] ?? null,
        revenueShare: revenue !== null && revenue.total > 0 ? revenue.sums[j]! / revenue.total : null,
        features,
        markers: findMarkers(features, total, rule),
        typical: typicalCustomer(features, smallestGroup),
      };
    }),
    smallestGroup,
    markerRule: markerRuleText(rule),
    notes: notesOn(rows, segments, smallestGroup),
  };
}

function profileColumn(
  column: FeatureColumn,
  rows: readonly (readonly number[])[],
  smallestGroup: number,
): { readonly total: Profile["total"][number]; readonly segments: readonly SegmentFeature[] } {
  return column.kind === "number"
    ? profileNumbers(column, rows, smallestGroup)
    : profileCategories(column, rows, smallestGroup);
}

function checkKeys(segments: readonly SegmentLabel[]): void {
  if (segments.length === 0)
    throw new InputError("profileSegments: segments must hold at least one segment, got none");
  const repeated = segments.find(({ key }, j) => segments.some((other, i) => i < j && other.key === key));
  if (repeated !== undefined)
    throw new InputError(`profileSegments: segment keys must be unique, got "${repeated.key}" twice`);
}

function revenueOf(
  table: CustomerTable,
  rows: readonly (readonly number[])[],
  moneyFeature: string | undefined,
): { readonly sums: readonly number[]; readonly total: number } | null {
  if (moneyFeature === undefined) return null;
  const { values } = requireNumberColumn("profileSegments", "moneyFeature", table, moneyFeature);
  const sums = rows.map((own) =>
    own.reduce((sum, row) => sum + (Number.isFinite(values[row]) ? values[row]! : 0), 0),
  );
  return { sums, total: sums.reduce((sum, part) => sum + part, 0) };
}

function notesOn(
  rows: readonly (readonly number[])[],
  segments: readonly SegmentLabel[],
  smallestGroup: number,
): string[] {
  const small = segments.filter((_, j) => rows[j]!.length < smallestGroup).map(({ key }) => key);
  if (small.length === 0) return [];
  return [
    `Fewer than ${smallestGroup} customers in ${small.join(", ")}: no markers, and no averages are shown of so few.`,
  ];
}
