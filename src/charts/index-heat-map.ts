import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentColumnLabel } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { heatMapAxis, heatMapTrace } from "./heat-map.js";
import { plotLabel } from "./plot-text.js";

/** Segments × things, each cell an index with the total at 100. */
export interface IndexTable {
  readonly title: string;
  readonly caption: string;
  readonly segments: readonly ChartSegment[];
  /** What the rows are, such as "Feature". */
  readonly rowName: string;
  readonly rowLabels: readonly string[];
  /** Shape (nRows, nSegments); null where there is no total to compare with. */
  readonly index: readonly (readonly (number | null)[])[];
  readonly note: string;
}

/** Beyond three times (or a third of) the total, the colour no longer deepens; the number in the cell does. */
const deepest = Math.log(3);

/** A heat map on a ratio scale: twice the total is as far from 100 as half of it. Things are rows, so that it reads on a phone. */
export function indexHeatMap(table: IndexTable): Figure {
  const { segments, rowLabels, index } = table;
  return buildFigure({
    title: table.title,
    data: [
      heatMapTrace({
        places: index.map((row) => row.map(colourPlace)),
        limit: deepest,
        texts: index.map((row) => row.map(indexText)),
        hovers: index.map((row, i) =>
          row.map((value, j) => `${segments[j]!.name}, ${rowLabels[i]}: index ${indexText(value)}`),
        ),
      }),
    ],
    layout: {
      xaxis: {
        title: axisTitle("Index, all customers = 100"),
        side: "bottom",
        ...heatMapAxis(segments.map(segmentColumnLabel)),
      },
      yaxis: { ...heatMapAxis(rowLabels.map(plotLabel)), autorange: "reversed" },
    },
    height: 42 * rowLabels.length + 140,
    table: {
      kind: "table",
      caption: table.caption,
      columns: [{ name: table.rowName }, ...segments.map((segment) => ({ name: segment.name, digits: 0 }))],
      rows: rowLabels.map((label, i) => [label, ...index[i]!]),
      note: table.note,
    },
  });
}

function indexText(value: number | null): string {
  return value === null ? "–" : String(Math.round(value));
}

function colourPlace(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  if (value <= 0) return -deepest;
  return Math.min(deepest, Math.max(-deepest, Math.log(value / 100)));
}

/** The cell farthest from 100 on the ratio scale; undefined if there is none. */
export function farthestCell(
  index: readonly (readonly (number | null)[])[],
): { readonly row: number; readonly column: number; readonly value: number } | undefined {
  const cells = index.flatMap((values, row) =>
    values.flatMap((value, column) => (value !== null && value > 0 ? [{ row, column, value }] : [])),
  );
  const distance = (value: number): number => Math.abs(Math.log(value / 100));
  return cells.sort((a, b) => distance(b.value) - distance(a.value))[0];
}
