import type { DisplayTable } from "../charts/figure.js";
import type { SegmentationConfig } from "../config/workbook-config.js";
import { countText, numberText } from "../core/number-text.js";
import { gapBox, gapPower, gapRule } from "../validity/gap-method.js";
import { defaultReferences } from "../validity/gap-statistic.js";

/** How segments are found, step by step, with all that another program would have to do alike. */
export function searchTable({
  counts,
  clusterCount,
  starts,
  seed,
  weights,
  thorough = false,
}: SegmentationConfig): DisplayTable {
  const tried = `${countText(counts[0])} to ${countText(counts[1])}`;
  return {
    kind: "table",
    caption: "How the segments are found",
    columns: [{ name: "Step" }, { name: "How", align: "left" }],
    rows: [
      ["Basis", "every feature through the recipe of notebook 02, on the lattice"],
      ["Weights", weightsText(weights)],
      [
        "Verdict",
        "decides: the largest count at which every two segments have a gap between them that group-free copies of the customers do not show; else no reliable segments (docs/verdict.md)" +
          (thorough ? "; thorough: twice as many copies and refits" : ""),
      ],
      ["Fit", `k-means, ${countText(starts)} starts for each count, seed ${seed}; the best is kept`],
      [
        "Counts tried",
        clusterCount === undefined ? tried : `${tried}; the analyst asks for ${countText(clusterCount)}`,
      ],
      ["Gap", "evidence beside the verdict"],
      ["Gap: box", gapBox],
      ["Gap: power", gapPower],
      ["Gap: rule", gapRule],
      [
        "Gap: comparison",
        `${countText(defaultReferences)} data sets without groups, 3 starts each, more where there are fewer than 4,000 customers`,
      ],
    ],
  };
}

function weightsText(weights: SegmentationConfig["weights"]): string {
  if (weights === undefined) return "every feature counts the same";
  if (weights === "equal") return "every block of features has the same total variance";
  const named = [...weights].map(([block, weight]) => `${block} ${numberText(weight)}`);
  return `by block: ${named.join(", ")}; any other 1`;
}
