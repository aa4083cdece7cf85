import { adjustPValues } from "../inference/adjust-p-values.js";
import { chiSquareTest } from "../inference/chi-square-test.js";
import type { DriftTest, DriftTestName } from "./drift-record.js";

/** A test before its p-value is set beside those of the others. */
export type RawDriftTest = Pick<DriftTest, "name" | "pValue" | "effect">;

/** From how large an effect on a difference is called drift, and what the effect counts. */
export const driftFloors: Readonly<
  Record<DriftTestName, { readonly floor: number; readonly effectName: string }>
> = {
  "stability-index": { floor: 0.1, effectName: "population stability index" },
  "kolmogorov-smirnov": { floor: 0.1, effectName: "baseline standard deviations" },
  categories: { floor: 0.1, effectName: "Cramér's V" },
  missing: { floor: 0.05, effectName: "change of the share without a value" },
  unseen: { floor: 0.01, effectName: "share of categories that the baseline does not have" },
};

/** Largest adjusted p-value of what is called drift. */
const driftLevel = 0.05;

/**
 * Test of two shares (χ² of the 2 × 2 table); undefined where both are 0 or both 1, so that there is nothing to ask.
 *
 * @param hits - Customers with the mark, before and after.
 * @param totals - All customers, before and after.
 */
export function compareShares(
  name: DriftTestName,
  hits: readonly [number, number],
  totals: readonly [number, number],
): RawDriftTest | undefined {
  const rest = [totals[0] - hits[0], totals[1] - hits[1]] as const;
  if (hits[0] + hits[1] === 0 || rest[0] + rest[1] === 0 || totals.includes(0)) return undefined;
  const { pValue } = chiSquareTest([hits, rest], { resamples: 0 });
  return { name, pValue, effect: Math.abs(hits[1] / totals[1] - hits[0] / totals[0]) };
}

/** Judges all tests of all features together: significant after Benjamini–Hochberg, and at least as large as the floor. */
export function judgeDriftTests(
  families: readonly (readonly RawDriftTest[])[],
): readonly (readonly DriftTest[])[] {
  const adjusted = adjustPValues(
    families.flat().map(({ pValue }) => pValue),
    "benjamini-hochberg",
  );
  let next = 0;
  return families.map((tests) =>
    tests.map((test) => {
      const adjustedPValue = adjusted[next++]!;
      const { floor, effectName } = driftFloors[test.name];
      const isLarge = test.effect === null || test.effect >= floor;
      return {
        ...test,
        adjustedPValue,
        effectName,
        floor,
        isDrifting: isLarge && adjustedPValue < driftLevel,
      };
    }),
  );
}
