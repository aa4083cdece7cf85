import type { NumberDrift } from "./drift-record.js";
import type { RawDriftTest } from "./drift-tests.js";
import { countInBins, freezeBins } from "./frozen-bins.js";
import { populationStabilityIndex } from "./population-stability-index.js";
import { twoSampleDistance } from "./two-sample-distance.js";

/** Distances of a number between two dates and the tests that go with them; both dates must have known values. */
export function compareNumbers(
  before: Float64Array,
  after: Float64Array,
): { readonly number: NumberDrift; readonly tests: readonly RawDriftTest[] } {
  const [was, is] = [sortedKnown(before), sortedKnown(after)];
  const { kolmogorovSmirnov, pValue, wasserstein: distance } = twoSampleDistance(was, is);
  const wasserstein = Number.isFinite(distance) ? distance : null;
  const index = stabilityOf(was, is);
  const [lowest, highest] = [was[0]!, was.at(-1)!];
  // One value for everybody at both dates: there is nothing to ask.
  const isSame = lowest === highest && is[0] === lowest && is.at(-1) === lowest;
  const outside = is.reduce((count, value) => count + (value < lowest || value > highest ? 1 : 0), 0);
  return {
    number: {
      stabilityIndex: index?.value ?? null,
      noDriftLimit: index?.noDriftLimit ?? null,
      kolmogorovSmirnov,
      wasserstein,
      medianBefore: medianOf(was),
      medianAfter: medianOf(is),
      outOfRange: outside / is.length,
    },
    tests: [
      ...(index ? [{ name: "stability-index" as const, pValue: index.pValue, effect: index.value }] : []),
      ...(isSame ? [] : [{ name: "kolmogorov-smirnov" as const, pValue, effect: wasserstein }]),
    ],
  };
}

/** Bins of known values only: missing ones have a test of their own. Undefined where all fall into one bin. */
function stabilityOf(
  was: Float64Array,
  is: Float64Array,
): ReturnType<typeof populationStabilityIndex> | undefined {
  const { cuts, counts } = freezeBins(was);
  const [before, now] = [counts.slice(0, -1), countInBins(cuts, is).slice(0, -1)];
  const used = before.filter((count, bin) => count + now[bin]! > 0).length;
  return used < 2 ? undefined : populationStabilityIndex(before, now);
}

function sortedKnown(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
