import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { lightPalette } from "./theme.js";

/** Customers by the share of refits in which they land in their segment. */
export interface FenceView {
  /** Customers in each twentieth: [0, 0.05), …, [0.95, 1]. */
  readonly twentieths: readonly number[];
  /** Below this share a customer sits on a fence. */
  readonly fence: number;
  readonly fenceSitters: number;
  readonly customers: number;
  readonly resamples: number;
  readonly segments: readonly FenceBySegment[];
}

export interface FenceBySegment {
  readonly name: string;
  readonly customers: number;
  readonly fenceSitters: number;
  /** Of them those who land elsewhere more often than at home. */
  readonly mostlyElsewhere: number;
}

/** Whose segment is a near thing? Customers by the share of refits that put them where they are. */
export function fenceSitters(view: FenceView): Figure {
  const { twentieths, fence, customers, resamples, segments } = view;
  const shares = twentieths.map((count) => count / customers);
  return buildFigure({
    title: finding(view),
    data: [
      {
        type: "bar",
        x: twentieths.map((_, i) => (i + 0.5) / 20),
        y: shares,
        width: 0.046,
        marker: {
          color: twentieths.map((_, i) =>
            (i + 1) / 20 <= fence + 0.025 ? lightPalette.high : lightPalette.low,
          ),
        },
        hovertemplate: "%{y:.1%} of customers<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle(`Refits in the assigned segment, % of ${countText(resamples)}`),
        range: [0, 1],
        tickformat: ".0%",
        dtick: 0.25,
        zeroline: false,
      },
      yaxis: { title: axisTitle("Customers (%)"), tickformat: ".0%", rangemode: "tozero", nticks: 5 },
      shapes: [verticalLine(fence, lightPalette.muted)],
    },
    height: 300,
    table: {
      kind: "table",
      caption: "Fence-sitters by segment",
      columns: [
        { name: "Segment" },
        { name: "Customers" },
        { name: "Fence-sitters" },
        { name: "Share of the segment", unit: "%", digits: 1 },
        { name: "Mostly elsewhere" },
      ],
      rows: segments.map((segment) => [
        segment.name,
        segment.customers,
        segment.fenceSitters,
        segment.customers === 0 ? null : (100 * segment.fenceSitters) / segment.customers,
        segment.mostlyElsewhere,
      ]),
      note: `A fence-sitter lands in the assigned segment in fewer than ${percentText(fence)} of ${countText(resamples)} refits on customers drawn anew.`,
    },
  });
}

function finding({ fenceSitters: count, customers, fence, segments }: FenceView): string {
  if (count === 0)
    return `No customer sits on a fence: all land in their segment in at least ${percentText(fence)} of refits`;
  const share = (segment: FenceBySegment): number =>
    segment.customers === 0 ? 0 : segment.fenceSitters / segment.customers;
  const most = segments.reduce((first, segment) => (share(segment) > share(first) ? segment : first));
  const start = `${countText(count)} of ${countText(customers)} customers (${percentText(count / customers)}) sit on a fence`;
  return segments.length < 2
    ? start
    : `${start}, most of all in “${most.name}” (${percentText(share(most))})`;
}
