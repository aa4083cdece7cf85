import { numberText, percentText } from "../core/number-text.js";
import type { SegmentEvaluation, SegmentEvaluations } from "../segments/evaluate-segments.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotLabel } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

/** Which segments to target? How attractive each is to us, against how attractive we are to it; larger segments are larger. */
export function attractivenessGrid({ segments, draws, notes }: SegmentEvaluations): Figure {
  const placed = segments.filter(({ attractiveness, fit }) => attractiveness !== null && fit !== null);
  const largest = Math.max(1, ...placed.map(({ size }) => size));
  return buildFigure({
    title: finding(segments),
    data: placed.map((segment) => bubble(segment, largest)),
    layout: {
      xaxis: {
        title: axisTitle("How attractive we are to the segment (0 to 10)"),
        range: [0, 10.5],
        zeroline: false,
      },
      yaxis: { title: axisTitle("How attractive it is to us (0 to 10)"), range: [0, 11], zeroline: false },
      annotations: placed.map((segment) => nameOf(segment, largest)),
    },
    height: 460,
    table: {
      kind: "table",
      caption: "Segments against the declared criteria",
      columns: [
        { name: "Segment" },
        { name: "Knock-outs" },
        { name: "Attractive to us", digits: 1 },
        { name: "We to it", digits: 1 },
        { name: "Rank", digits: 0 },
        { name: "Rank under other weights", align: "right" },
        { name: "First under other weights", align: "right" },
      ],
      rows: segments.map((segment) => [
        segment.name,
        standingWords(segment),
        segment.attractiveness,
        segment.fit,
        segment.rank,
        segment.rankRange === null ? null : rangeWords(segment.rankRange),
        segment.firstShare === null ? null : percentText(segment.firstShare),
      ]),
      note: [
        `Other weights: each half to twice as large, ${numberText(draws)} draws, 5–95 % of the ranks.`,
        ...notes,
      ].join(" "),
    },
  });
}

function rangeWords([low, high]: readonly [number, number]): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  return from === to ? String(from) : `${from} to ${to}`;
}

function standingWords({ standing, knockOuts }: SegmentEvaluation): string {
  const failed = knockOuts.filter(({ passed }) => passed === false).map(({ name }) => name);
  if (standing === "out") return `out: ${failed.join(", ")}`;
  const open = knockOuts.filter(({ passed }) => passed === null).map(({ name }) => name);
  return standing === "open" ? `open: ${open.join(", ")}` : "passed";
}

function finding(segments: readonly SegmentEvaluation[]): string {
  const first = segments.filter(({ rank }) => rank === 1);
  if (first.length === 0)
    return segments.every(({ standing }) => standing === "out")
      ? "Every segment fails a knock-out criterion"
      : "No ranking yet: ratings are missing";
  const names = first.map(({ name }) => `“${name}”`).join(" and ");
  const sure = Math.min(...first.map(({ firstShare }) => firstShare!));
  const weights = sure === 1 ? "every set of weights tried" : `${percentText(sure)} of the weights tried`;
  return `${names} rank${first.length === 1 ? "s" : ""} first, with ${weights}`;
}

function bubble(segment: SegmentEvaluation, largest: number): Readonly<Record<string, unknown>> {
  const isOut = segment.standing === "out";
  return {
    type: "scatter",
    mode: "markers",
    x: [segment.fit],
    y: [segment.attractiveness],
    marker: {
      color: isOut ? lightPalette.band : segmentColour(segment.key),
      symbol: isOut ? "circle-open" : segmentSymbol(segment.key),
      size: diameter(segment, largest),
      opacity: 0.85,
    },
    hovertemplate: "%{x:.1f}, %{y:.1f}<extra></extra>",
  };
}

/** Area in proportion to the customers, and never too small to be seen. */
function diameter({ size }: SegmentEvaluation, largest: number): number {
  return Math.max(10, Math.round(44 * Math.sqrt(size / largest)));
}

function nameOf(segment: SegmentEvaluation, largest: number): Readonly<Record<string, unknown>> {
  return {
    text: `${plotLabel(segment.name)}${segment.standing === "out" ? "<br>(out)" : ""}`,
    x: segment.fit,
    y: segment.attractiveness! + diameter(segment, largest) / 64,
    yanchor: "bottom",
    showarrow: false,
    font: { size: 12 },
  };
}
