import { countText } from "../core/number-text.js";
import type { FoundSegments } from "./find-segments.js";

/** How the verdict was made, with the errors that come from drawing; empty where nothing was judged. */
export function judgedHow({ judgement, solution }: Pick<FoundSegments, "judgement" | "solution">): string {
  if (judgement === null) return "";
  const { copies, refits, significance, monteCarloError, rows, judgedRows } = judgement;
  const sample =
    judgedRows < rows
      ? `, on a seeded sample of ${countText(judgedRows)} of ${countText(rows)} customers`
      : "";
  const parts = [
    `Judged beside ${countText(copies)} copies of the customers that keep every feature’s distribution and correlations but have no groups, searched in the same way${sample}.`,
  ];
  if (solution !== null)
    parts.push(
      `Each segment was looked for again in ${countText(refits)} fresh draws of the customers. Another seed moves a p-value near ${significance} by ${errorText(monteCarloError.pValue)}, an overlap near 0.75 by ${errorText(monteCarloError.jaccard)}.`,
    );
  return parts.join(" ");
}

/** Two decimals are enough for an error. */
function errorText(error: number): string {
  return error < 0.005 ? "less than 0.01" : `about ${error.toFixed(2)}`;
}
