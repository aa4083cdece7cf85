import { checkChoice, checkNumber } from "../core/check.js";

export type PAdjustment = "holm" | "benjamini-hochberg" | "bonferroni";

/**
 * p-values raised for how many were asked at once.
 *
 * Range 0…1, never below the p-value it came from, in the order given. `holm` and `bonferroni` bound the chance of one false claim
 * among all; `benjamini-hochberg` bounds the expected share of false ones among the claims. O(n log n).
 *
 * @param pValues - Each 0…1, the whole family that is shown.
 * @throws InputError if a p-value is outside 0…1 or the method is unknown.
 * @see Holm (1979), Scandinavian Journal of Statistics 6; Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
 * Checked against statsmodels in test/reference/inference.json.
 * @example
 * adjustPValues([0.01, 0.04, 0.03], "holm") // => [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: ArrayLike<number>, method: PAdjustment): readonly number[] {
  checkChoice("adjustPValues", "method", method, ["holm", "benjamini-hochberg", "bonferroni"]);
  const values = Array.from(pValues);
  values.forEach((value, i) => {
    checkNumber("adjustPValues", `pValues[${i}]`, value, 0, 1);
  });
  const count = values.length;
  if (method === "bonferroni") return values.map((value) => Math.min(1, value * count));
  const ascending = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const adjusted = new Array<number>(count);
  if (method === "holm") {
    ascending.reduce((floor, index, rank) => {
      adjusted[index] = Math.min(1, Math.max(floor, values[index]! * (count - rank)));
      return adjusted[index];
    }, 0);
  } else {
    ascending.reduceRight((ceiling, index, rank) => {
      adjusted[index] = Math.min(ceiling, (values[index]! * count) / (rank + 1));
      return adjusted[index];
    }, 1);
  }
  return adjusted;
}
