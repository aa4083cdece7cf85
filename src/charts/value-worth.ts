import { countText, moneyText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { lightPalette, segmentColour } from "./theme.js";

/** What one segment is worth ahead; money in the unit of the view. */
export interface SegmentWorth extends ChartSegment {
  /** Sum of expected values, with its interval. */
  readonly total: number;
  readonly low: number;
  readonly high: number;
  /** Share of all customers' value, 0–1. */
  readonly share: number;
  /** Per customer; null where there is none. */
  readonly mean: number | null;
  /** Expected number of customers who have stopped already. */
  readonly stopped: number;
  /** What they would bring if they had not. */
  readonly atStake: number;
}

/** What the figures of value are drawn from. */
export interface ValueView {
  /** In order, those that may be shown. */
  readonly shown: readonly SegmentWorth[];
  readonly currency: string;
  /** What a value is. */
  readonly unit: "margin" | "revenue";
  readonly config: { readonly horizonDays: number };
  /** With all customers who have a value, those of segments that may not be shown too. */
  readonly valuation: { readonly level: number; readonly keys: { readonly length: number } };
}

/**
 * What is each segment worth ahead? Its share of the value to expect with an interval, beside its share of the customers.
 *
 * Both are shares of all customers with a value, shown or not.
 */
export function segmentWorth(view: ValueView): Figure {
  const { shown, unit, config } = view;
  const shareOf = ({ size }: ChartSegment): number => size / view.valuation.keys.length;
  const valueShares = shown.map(({ share }) => share);
  const scale = shown.map(({ share, total }) => (total > 0 ? share / total : 0));
  const largest = Math.max(0.01, ...shown.map((segment) => Math.max(segment.share, shareOf(segment))));
  return buildFigure({
    title: finding(view, shareOf),
    data: [
      {
        ...bars(shown, shown.map(shareOf), -0.19),
        marker: { color: lightPalette.band },
        hovertemplate: "%{x:.1%} of customers<extra></extra>",
      },
      {
        ...bars(shown, valueShares, 0.19),
        marker: { color: shown.map(({ key }) => segmentColour(key)) },
        error_x: {
          type: "data",
          symmetric: false,
          array: shown.map(({ high, total }, i) => Math.max(0, high - total) * scale[i]!),
          arrayminus: shown.map(({ low, total }, i) => Math.max(0, total - low) * scale[i]!),
          color: lightPalette.ink,
          thickness: 1.5,
          width: 4,
        },
        hovertemplate: `%{x:.1%} of expected ${unit}<extra></extra>`,
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle(`Customers (grey), ${unit} ahead (%)`),
        tickformat: ".0%",
        range: [0, Math.min(1.1, largest * 1.7)],
        nticks: 5,
      },
      yaxis: segmentAxis(shown),
      annotations: shown.map(({ share, high, total }, i) => ({
        text: moneyText(total, view.currency),
        x: Math.max(share, high * scale[i]!),
        y: i + 0.19,
        xanchor: "left",
        xshift: 6,
        showarrow: false,
        font: { size: 12 },
      })),
      bargap: 0.3,
      barmode: "overlay",
    },
    height: 62 * shown.length + 60,
    table: {
      kind: "table",
      caption: `Expected ${unit} of the next ${countText(config.horizonDays)} days, by segment`,
      columns: [
        { name: "Segment" },
        { name: "Customers", digits: 0 },
        { name: "Share of customers", unit: "%", digits: 1 },
        { name: `Expected ${unit}`, unit: view.currency, digits: 0 },
        { name: "From", unit: view.currency, digits: 0 },
        { name: "To", unit: view.currency, digits: 0 },
        { name: `Share of expected ${unit}`, unit: "%", digits: 1 },
        { name: "Per customer", unit: view.currency },
      ],
      rows: shown.map((segment) => [
        segment.name,
        segment.size,
        100 * shareOf(segment),
        segment.total,
        segment.low,
        segment.high,
        100 * segment.share,
        segment.mean,
      ]),
      note: `From and to: ${percentText(view.valuation.level)} interval of the expected sum, by bootstrap over customers; what single customers will do scatters more.`,
    },
  });
}

/** What a figure of value says where no segment may be shown. */
export const nothingShown = "No segment has enough customers with a value to be shown";

function bars(shown: readonly ChartSegment[], x: readonly number[], offset: number) {
  return {
    type: "bar",
    orientation: "h",
    x,
    y: shown.map((_, i) => i + offset),
    width: 0.34,
    cliponaxis: false,
  };
}

function finding(
  { shown, unit, currency, config }: ValueView,
  shareOf: (segment: ChartSegment) => number,
): string {
  if (shown.length === 0) return nothingShown;
  const first = shown.reduce((best, segment) => (segment.total > best.total ? segment : best));
  return `“${first.name}” are ${percentText(shareOf(first))} of customers and ${percentText(first.share)} of the ${unit} to expect in the next ${countText(config.horizonDays)} days: ${moneyText(first.total, currency)}`;
}
