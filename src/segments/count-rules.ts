import type { SegmentLabel } from "./profile.js";
import type { SegmentRule } from "./rules-of-tree.js";

/** How the rules of one segment do. */
export interface SegmentRules extends SegmentLabel {
  /** The rule that holds for most customers first; none where no rule leads to the segment. */
  readonly rules: readonly SegmentRule[];
  readonly size: number;
  /** Customers that the rules put into the segment. */
  readonly byRule: number;
  /** Customers who are in the segment both ways. */
  readonly both: number;
  /** Share of those the rules put here who belong here, 0–1; null where the rules put nobody here. */
  readonly precision: number | null;
  /** Share of the segment that the rules find, 0–1; null for an empty segment. */
  readonly recall: number | null;
}

/** How the rules do for all customers together. */
export interface RuleCounts {
  readonly segments: readonly SegmentRules[];
  readonly customers: number;
  /** Share of customers whose segment by rule is their own, 0–1, higher is better. */
  readonly fidelity: number;
  /** The same if everybody were put into the largest segment: what fidelity has to beat. */
  readonly baseline: number;
  /** Customers that the rules would put into another segment. */
  readonly moved: number;
  /** Shape (nSegments, nSegments): customers by own segment and segment by rule. */
  readonly counts: readonly (readonly number[])[];
}

interface Assigned {
  readonly labels: ArrayLike<number>;
  readonly byRule: Int32Array;
  readonly rules: readonly (readonly SegmentRule[])[];
}

/** Counts who is in a segment both ways, and who by one alone. */
export function countRules(
  segments: readonly SegmentLabel[],
  { labels, byRule, rules }: Assigned,
): RuleCounts {
  const counts = segments.map(() => segments.map(() => 0));
  for (let row = 0; row < labels.length; row++) if (labels[row]! >= 0) counts[labels[row]!]![byRule[row]!]!++;
  const sizes = counts.map((own) => own.reduce((sum, count) => sum + count, 0));
  const customers = sizes.reduce((sum, size) => sum + size, 0);
  const same = counts.reduce((sum, own, j) => sum + own[j]!, 0);
  return {
    segments: segments.map(({ key, name }, j) => {
      const [size, both] = [sizes[j]!, counts[j]![j]!];
      const found = counts.reduce((sum, own) => sum + own[j]!, 0);
      const precision = found === 0 ? null : both / found;
      return {
        key,
        name,
        rules: rules[j]!,
        size,
        byRule: found,
        both,
        precision,
        recall: size === 0 ? null : both / size,
      };
    }),
    customers,
    fidelity: customers === 0 ? 0 : same / customers,
    baseline: customers === 0 ? 0 : Math.max(...sizes) / customers,
    moved: customers - same,
    counts,
  };
}
