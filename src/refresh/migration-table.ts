import { checkSameLength } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import type { SegmentLabel } from "../segments/profile.js";
import { type StuartMaxwellTest, stuartMaxwell } from "./stuart-maxwell.js";

/** Customers at one date and the segments they are in. */
export interface DatedMembership {
  readonly keys: readonly string[];
  /** Shape (nKeys,), 0…segments − 1, −1 for in no segment. */
  readonly labels: ArrayLike<number>;
  readonly segments: readonly SegmentLabel[];
}

/** Who moved from where to where. */
export interface MigrationTable {
  /** Segments before, then `unassigned`, then `new` for customers who were not there. */
  readonly rows: readonly SegmentLabel[];
  /** Segments after, then `unassigned`, then `lapsed` for customers who are gone. */
  readonly columns: readonly SegmentLabel[];
  /** Customers by row and column. */
  readonly counts: readonly (readonly number[])[];
  /** Share of the row, 0…1; 0 for a row without customers. */
  readonly shares: readonly (readonly number[])[];
  readonly common: number;
  readonly arrived: number;
  readonly lapsed: number;
  /** Share of the common customers that are in a segment of the same key, 0…1. */
  readonly stayers: number;
  /** By key of segments at both dates: customers who came in less those who went out, among the common ones. */
  readonly netFlows: readonly (SegmentLabel & { readonly net: number })[];
  /** Whether sizes of the common segments moved; null where nobody moved between them, or only within groups of them apart. */
  readonly test: StuartMaxwellTest | null;
}

/**
 * How customers moved between the segments of two dates, with those who arrived and those who lapsed.
 *
 * Segments are the same where their keys are. O(customers).
 *
 * @throws InputError if labels do not fit the keys, or a key stands twice.
 */
export function migrationTable(before: DatedMembership, after: DatedMembership): MigrationTable {
  const [was, is] = [placesOf("before", before), placesOf("after", after)];
  const rows = [...labelsOf(before), { key: "unassigned", name: "Unassigned" }, { key: "new", name: "New" }];
  const columns = [
    ...labelsOf(after),
    { key: "unassigned", name: "Unassigned" },
    { key: "lapsed", name: "Lapsed" },
  ];
  const counts = rows.map(() => columns.map(() => 0));
  for (const [key, row] of was) counts[row]![is.get(key) ?? columns.length - 1]! += 1;
  for (const [key, column] of is) if (!was.has(key)) counts[rows.length - 1]![column]! += 1;
  const shared = before.segments.flatMap(({ key, name }, row) => {
    const column = after.segments.findIndex((segment) => segment.key === key);
    return column < 0 ? [] : [{ key, name, row, column }];
  });
  const common = [...was.keys()].filter((key) => is.has(key)).length;
  const square = shared.map(({ row }) => shared.map(({ column }) => counts[row]![column]!));
  return {
    rows,
    columns,
    counts,
    shares: counts.map((row) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return row.map((count) => (total === 0 ? 0 : count / total));
    }),
    common,
    arrived: is.size - common,
    lapsed: was.size - common,
    stayers: common === 0 ? 0 : square.reduce((sum, row, i) => sum + row[i]!, 0) / common,
    netFlows: shared.map(({ key, name, row, column }) => ({ key, name, net: netFlow(counts, row, column) })),
    test: square.some((row, i) => row.some((count, j) => i !== j && count > 0)) ? testOf(square) : null,
  };
}

function labelsOf({ segments }: DatedMembership): SegmentLabel[] {
  return segments.map(({ key, name }) => ({ key, name }));
}

/** Row or column of each customer; the one after the segments for who is in none. */
function placesOf(when: string, { keys, labels, segments }: DatedMembership): Map<string, number> {
  checkSameLength("migrationTable", `labels ${when}`, labels, keys.length, "one per key");
  checkLabels("migrationTable", labels, keys.length, segments.length);
  const places = new Map(keys.map((key, i) => [key, labels[i]! < 0 ? segments.length : labels[i]!]));
  if (places.size !== keys.length)
    throw new InputError(
      `migrationTable: keys ${when} must differ, got ${keys.length - places.size} that stand twice`,
    );
  return places;
}

/** New and lapsed customers are no flow: the last row and the last column are left out. */
function netFlow(counts: readonly (readonly number[])[], row: number, column: number): number {
  const out = counts[row]!.slice(0, -1).reduce((sum, count) => sum + count, 0);
  const into = counts.slice(0, -1).reduce((sum, other) => sum + other[column]!, 0);
  return into - out;
}

function testOf(square: readonly (readonly number[])[]): StuartMaxwellTest | null {
  try {
    return stuartMaxwell(square);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
