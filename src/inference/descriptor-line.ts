import type { Feature, FeatureColumn, Role } from "../core/feature.js";
import { correlationText } from "../core/number-text.js";
import { cramersV } from "./cramers-v.js";
import { crossTabulate, splitBySegment } from "./describe-column.js";
import type { Inheritance } from "./inherited-from.js";
import { rankEpsilonSquared } from "./kruskal-wallis.js";
import type { EffectSize } from "./test-result.js";

/** How one feature differs between the segments. Where no p-value may be given, there is no statistic to make one from either. */
export interface DescriptorTest {
  readonly feature: string;
  readonly label: string;
  readonly unit: string;
  readonly role: Role;
  /** "Welch ANOVA", "Kruskal–Wallis", "chi-squared"; null without a test. */
  readonly method: string | null;
  /** Why this method suits this feature. */
  readonly whyThisMethod: string;
  readonly statistic: number | null;
  readonly degreesOfFreedom: readonly number[] | null;
  /** Customers in a segment with a known value, and without. */
  readonly known: number;
  readonly missing: number;
  readonly effect: EffectSize | null;
  readonly pValue: number | null;
  /** p-value after Holm over every feature that has one here. */
  readonly adjustedPValue: number | null;
  readonly whyNoPValue: string | null;
  /** The basis feature that this one moves with, at |correlation| 0.5 or more. */
  readonly inheritedFrom: Inheritance | null;
  readonly notes: readonly string[];
}

/** A line with an effect size at most. */
export function lineWithoutTest(
  column: FeatureColumn,
  labels: ArrayLike<number>,
  segmentCount: number,
  whyNoPValue: string,
): DescriptorTest {
  return {
    ...lineStart(column, labels),
    method: null,
    whyThisMethod: "",
    statistic: null,
    degreesOfFreedom: null,
    effect: effectOnly(column, labels, segmentCount),
    pValue: null,
    adjustedPValue: null,
    whyNoPValue,
    inheritedFrom: null,
    notes: [],
  };
}

/** The effect without an interval: an interval that leaves out 0 would be the circular test again. */
function effectOnly(column: FeatureColumn, labels: ArrayLike<number>, count: number): EffectSize | null {
  if (column.kind === "category") {
    const counts = crossTabulate(column, labels, count);
    return counts.length > 1 && counts[0]!.length > 1 ? cramersV(counts, { resamples: 0 }) : null;
  }
  const groups = splitBySegment(column, labels, count).filter((group) => group.length > 0);
  return groups.length < 2 ? null : rankEpsilonSquared(groups, { resamples: 0 });
}

/** What a line says before any statistic. */
export function lineStart(
  column: FeatureColumn,
  labels: ArrayLike<number>,
): Pick<DescriptorTest, "feature" | "label" | "unit" | "role" | "known" | "missing"> {
  const { name, label, unit, role } = column.feature;
  let known = 0;
  let missing = 0;
  column.values.forEach((value: number | string | null, row: number) => {
    if (labels[row]! < 0) return;
    if (value === null || Number.isNaN(value)) missing++;
    else known++;
  });
  return { feature: name, label, unit, role, known, missing };
}

export function circularReason(feature: Feature): string {
  return `“${feature.label}” helped to form the segments, so a test would be circular: it would find a difference in pure noise too.`;
}

export function copyReason({ label, strength }: Inheritance): string {
  return `Nearly a copy of “${label}” (rank correlation ${correlationText(strength)}), which formed the segments: a test would be circular.`;
}

export function inheritedNote({ label, strength }: Inheritance): string {
  return `Moves with “${label}” (rank correlation ${correlationText(strength)}), which formed the segments: partly inherited.`;
}
