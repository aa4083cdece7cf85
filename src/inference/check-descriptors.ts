import { checkCount, didYouMean } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import type { Progress } from "../core/progress.js";
import type { NumericTest } from "./describe-column.js";
import type { IntervalOptions } from "./test-result.js";

/** Options of `testDescriptors`. */
export interface TestDescriptorsOptions extends IntervalOptions {
  /** One name per label, in order. */
  readonly segmentNames: readonly string[];
  /** Feature name → the test to use in place of the declared rule. */
  readonly choose?: ReadonlyMap<string, NumericTest>;
  /** Descriptors and outcomes to test, by name; all of them, and the size of the effect on each basis feature, if not given. */
  readonly features?: readonly string[];
  /**
   * Permutations of the test beyond the bases, 99 or more; 0: without that test. If not given, 999, or 50 per descriptor where
   * that is more, so that an adjusted p-value can fall to 0.02.
   */
  readonly permutations?: number;
  /** Threads to use; the result does not depend on it. If not given: one per core. */
  readonly threads?: number;
  /** Told how many descriptors have been tested beyond the bases. An error in it stops the work. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Checks what was asked for and returns the columns that get a line: those named, or all that describe, explain or formed segments. */
export function checkDescriptorRequest(
  table: CustomerTable,
  labels: ArrayLike<number>,
  { segmentNames, features, choose, permutations }: TestDescriptorsOptions,
): readonly FeatureColumn[] {
  const segmentCount = segmentNames.length;
  if (segmentCount < 2)
    throw new InputError(`testDescriptors: segmentNames must be at least two, got ${segmentCount}`);
  checkLabels("testDescriptors", labels, table.keys.length, segmentCount);
  if (permutations !== undefined && permutations !== 0)
    checkCount("testDescriptors", "permutations", permutations, 99, 1_000_000);
  for (const name of choose?.keys() ?? []) checkDescriptor(table, "choose", name);
  for (const name of features ?? []) checkDescriptor(table, "features", name);
  return table.columns.filter(({ feature }) =>
    features === undefined
      ? ["basis", "descriptor", "outcome"].includes(feature.role)
      : features.includes(feature.name),
  );
}

function checkDescriptor(table: CustomerTable, argument: string, name: string): void {
  const names = table.columns.map(({ feature }) => feature.name);
  const feature = table.columns[names.indexOf(name)]?.feature;
  if (feature === undefined)
    throw new InputError(
      `testDescriptors: ${argument} must name features of the table, got "${name}"${didYouMean(name, names)}`,
    );
  if (feature.role === "basis")
    throw new InputError(
      `testDescriptors: ${argument} must not name a basis feature, got "${name}". It formed the segments, so a test would be circular; testBasisFeature allows for the clustering`,
    );
  if (feature.role !== "descriptor" && feature.role !== "outcome")
    throw new InputError(
      `testDescriptors: ${argument} must name descriptors or outcomes, got "${name}" with the role ${feature.role}`,
    );
}
