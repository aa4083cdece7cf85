import { countText, percentText } from "../core/number-text.js";
import type { SegmentExplanation } from "../segments/explain-segments.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { heatMapAxis } from "./heat-map.js";
import { plotColumnLabel, plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** Do the rules find the segments? Each segment's customers by the segment that the rules give them, in per cent. */
export function ruleAgreement(explanation: SegmentExplanation): Figure {
  const { segments, counts, customers, fidelity, moved, ruleCount } = explanation;
  const shares = counts.map((row, i) =>
    row.map((count) => (segments[i]!.size === 0 ? null : count / segments[i]!.size)),
  );
  const texts = shares.map((row) =>
    row.map((share) => (share === null ? "–" : share === 0 ? "" : percentText(share))),
  );
  return buildFigure({
    title:
      customers === 0
        ? "No customers to explain"
        : `${ruleCount} rule${ruleCount === 1 ? "" : "s"} put ${percentText(fidelity)} of customers where they are; ${countText(moved)} would move`,
    data: [
      {
        type: "heatmap",
        x: segments.map((_, j) => j),
        y: segments.map((_, i) => i),
        z: shares,
        zmin: -1,
        zmax: 1,
        colorscale: [
          [0, lightPalette.middle],
          [0.5, lightPalette.middle],
          [1, lightPalette.low],
        ],
        showscale: false,
        xgap: 2,
        ygap: 2,
        text: texts,
        texttemplate: "%{text}",
        hoverongaps: false,
        hovertext: shares.map((row, i) =>
          row.map((_, j) =>
            plotText(`${segments[i]!.name}: ${countText(counts[i]![j]!)} by rule in ${segments[j]!.name}`),
          ),
        ),
        hovertemplate: "%{hovertext}<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle("Segment by rule"),
        side: "bottom",
        ...heatMapAxis(segments.map(({ name }) => plotColumnLabel(name))),
      },
      yaxis: segmentAxis(segments),
    },
    height: 46 * segments.length + 150,
    table: {
      kind: "table",
      caption: "Customers by own segment (rows) and segment by rule (columns)",
      columns: [{ name: "Own segment" }, ...segments.map(({ name }) => ({ name, digits: 0 }))],
      rows: segments.map(({ name }, i) => [name, ...counts[i]!]),
    },
  });
}
