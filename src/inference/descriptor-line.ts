import type { FeatureColumn, Role } from "../core/feature.js";
import { cramersV } from "./cramers-v.js";
import { crossTabulate, splitBySegment } from "./describe-column.js";
import type { Inheritance } from "./inherited-from.js";
import { rankEpsilonSquared } from "./kruskal-wallis.js";
import type { EffectSize } from "./test-result.js";

/**
 * Where a difference between segments comes from. own: the segments tell more than the bases do; inherited: the segments differ,
 * and no more than the bases imply; none: no difference was found.
 */
export type DifferenceOrigin = "own" | "inherited" | "none";

/** The test of whether segments tell more of a descriptor than the bases that formed them already do. */
export interface BeyondBases {
  /** Share of residuals in random order that follow the segments as closely; 1 / (permutations + 1) … 1. */
  readonly pValue: number;
  /** p-value after Holm over every such p-value here. */
  readonly adjustedPValue: number;
  /** Standard error of `pValue` from the number of permutations alone. */
  readonly standardError: number;
  readonly permutations: number;
  /** The model of the bases in words: "natural cubic splines of each basis feature and their products". */
  readonly model: string;
  /** Customers that it rests on. */
  readonly rows: number;
  /** Share (0–1) of the descriptor's variation that the bases explain. */
  readonly explained: number;
  /** Share (0–1) of what the bases leave that the segments explain. */
  readonly share: number;
  /** Share (0–1) of what tells the segments apart that the bases leave: near 0, little can be seen. */
  readonly left: number;
}

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
  /** Whether the segments add to the bases; null without that test. */
  readonly beyond: BeyondBases | null;
  readonly whyNotBeyond: string | null;
  /** Decided at 0.05 on the adjusted p-values; null where a test that would decide is missing. */
  readonly origin: DifferenceOrigin | null;
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
    beyond: null,
    whyNotBeyond: whyNoPValue,
    origin: null,
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
    if (value === null || (typeof value === "number" && !Number.isFinite(value))) missing++;
    else known++;
  });
  return { feature: name, label, unit, role, known, missing };
}
