import type { DisplayTable } from "../charts/figure.js";
import { checkSameLength } from "../core/check.js";
import { numberText } from "../core/number-text.js";
import type { PairwiseResult } from "../inference/pairwise-result.js";

/** Every pair of groups, largest effect first, with a p-value that holds for all pairs shown. */
export function pairwiseTable(result: PairwiseResult, groupNames: readonly string[]): DisplayTable {
  const groupCount = Math.max(...result.pairs.map(({ second }) => second)) + 1;
  checkSameLength("pairwiseTable", "groupNames", groupNames, groupCount, "one per group");
  const pairs = [...result.pairs].sort((a, b) => Math.abs(b.effect.value) - Math.abs(a.effect.value));
  return {
    kind: "table",
    caption: `Which groups differ? ${result.method}, every pair`,
    columns: [
      { name: "First" },
      { name: "Second" },
      { name: "Difference", align: "right" },
      { name: "Interval for all pairs" },
      { name: "Effect" },
      { name: "In words" },
      { name: "p for all pairs", align: "right" },
    ],
    rows: pairs.map(({ first, second, difference, interval, effect, adjustedPValue }) => [
      groupNames[first]!,
      groupNames[second]!,
      numberText(difference),
      interval === null ? "–" : `${numberText(interval.low)} to ${numberText(interval.high)}`,
      `${effect.name} ${effect.value.toFixed(2)}`,
      effect.words,
      adjustedPValue < 0.001 ? "< 0.001" : adjustedPValue.toFixed(3),
    ]),
    note: [`p holds for all ${pairs.length} pairs at once (${result.adjustment}).`, ...result.notes].join(
      " ",
    ),
  };
}
