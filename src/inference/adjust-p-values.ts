import { checkChoice, checkNumber } from "../core/check.js";

export type PAdjustment = "holm" | "hochberg" | "benjamini-hochberg" | "benjamini-yekutieli" | "bonferroni";

/** What the p-value of this rank (1 for the smallest) among so many is multiplied by, and from which end it is made monotone. */
interface Adjustment {
  readonly from: "smallest" | "largest";
  readonly factor: (rank: number, count: number) => number;
}

const adjustments: Readonly<Record<PAdjustment, Adjustment>> = {
  holm: { from: "smallest", factor: (rank, count) => count - rank + 1 },
  hochberg: { from: "largest", factor: (rank, count) => count - rank + 1 },
  "benjamini-hochberg": { from: "largest", factor: (rank, count) => count / rank },
  "benjamini-yekutieli": { from: "largest", factor: (rank, count) => (count * harmonicSum(count)) / rank },
  bonferroni: { from: "smallest", factor: (_, count) => count },
};

/**
 * p-values raised for how many were asked at once.
 *
 * Range 0…1, never below the p-value it came from, in the order given. `holm` and `bonferroni` bound the chance of one false claim
 * among all, `hochberg` too where the tests are independent; `benjamini-hochberg` bounds the expected share of false ones among
 * the claims for tests that are independent or move together, `benjamini-yekutieli` for any. O(n log n).
 *
 * @param pValues - Each 0…1, the whole family that is shown.
 * @throws InputError if a p-value is outside 0…1 or the method is unknown.
 * @see Holm (1979), Scandinavian Journal of Statistics 6; Hochberg (1988), doi:10.1093/biomet/75.4.800;
 * Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini & Yekutieli (2001), doi:10.1214/aos/1013699998.
 * Checked against statsmodels in test/reference/inference.json and R in test/reference/tests-r.json.
 * @example
 * adjustPValues([0.01, 0.04, 0.03], "holm") // => [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: ArrayLike<number>, method: PAdjustment): readonly number[] {
  checkChoice("adjustPValues", "method", method, Object.keys(adjustments) as PAdjustment[]);
  const values = Array.from(pValues);
  values.forEach((value, i) => {
    checkNumber("adjustPValues", `pValues[${i}]`, value, 0, 1);
  });
  const { from, factor } = adjustments[method];
  const ascending = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const raised = ascending.map((index, i) => Math.min(1, values[index]! * factor(i + 1, values.length)));
  const adjusted = new Array<number>(values.length);
  if (from === "smallest")
    raised.reduce((floor, value, i) => (adjusted[ascending[i]!] = Math.max(floor, value)), 0);
  else raised.reduceRight((ceiling, value, i) => (adjusted[ascending[i]!] = Math.min(ceiling, value)), 1);
  return adjusted;
}

/** 1 + 1/2 + … + 1/count. */
function harmonicSum(count: number): number {
  let sum = 0;
  for (let i = count; i > 0; i--) sum += 1 / i;
  return sum;
}
