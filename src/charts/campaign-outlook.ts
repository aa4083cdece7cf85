import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { type ChartSegment, segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

/** What one segment did with one campaign. */
export interface OutlookCell {
  readonly campaign: string;
  readonly reached: number;
  readonly converted: number;
  /** Rate drawn towards that of all segments, 0–1; null where nobody got the campaign. */
  readonly pooled: {
    readonly rate: number;
    readonly interval: { readonly low: number; readonly high: number };
  } | null;
  /** Chance that it is the best there, 0–1. */
  readonly chanceBest: number;
}

/** What the figure is drawn from. */
export interface OutlookView {
  /** The best over all segments; null where campaigns are not shown to differ. */
  readonly forAll: string | null;
  readonly segments: readonly {
    readonly key: string;
    readonly name: string;
    /** The campaign claimed for it; null where none is. */
    readonly winner: string | null;
    readonly outlook: readonly OutlookCell[];
  }[];
  readonly notes: readonly string[];
}

interface OutlookRow {
  readonly segment: ChartSegment;
  /** The campaign with the highest pooled rate of those that reached the segment. */
  readonly best: OutlookCell;
  /** The campaign that is best for all; null where none is. */
  readonly common: OutlookCell | null;
  readonly isClaimed: boolean;
}

/**
 * Which campaign next? For each segment the campaign that did best there with its interval, beside the one that did best over all.
 *
 * Rates are drawn towards those of all segments. A filled dot is a claim; a hollow one is the highest of campaigns that are not shown to
 * differ there.
 */
export function campaignOutlook(best: OutlookView, segments: readonly ChartSegment[]): Figure {
  const rows = best.segments.flatMap((own): OutlookRow[] => {
    const segment = segments.find(({ key }) => key === own.key);
    const reached = own.outlook.filter((one) => one.pooled !== null && one.reached > 0);
    if (segment === undefined || reached.length === 0) return [];
    const common = own.outlook.find(({ campaign }) => campaign === best.forAll) ?? null;
    const highest = reached.reduce((a, b) => (b.pooled!.rate > a.pooled!.rate ? b : a));
    const claimed = reached.find(({ campaign }) => campaign === own.winner);
    return [{ segment, best: claimed ?? highest, common, isClaimed: claimed !== undefined }];
  });
  return buildFigure({
    title: finding(best, rows),
    data: [commonTrace(rows), ...rows.map(bestTrace)],
    layout: {
      xaxis: {
        title: axisTitle("Share who bought (%), 95 % interval"),
        tickformat: ".0%",
        rangemode: "tozero",
        nticks: 6,
      },
      yaxis: { ...segmentAxis(rows.map(({ segment }) => segment)), range: [rows.length - 0.5, -0.7] },
      annotations: rows.map(({ best: { campaign, pooled }, isClaimed }, i) => ({
        text: plotText(isClaimed ? campaign : `${campaign}?`),
        x: pooled!.rate,
        y: i,
        yshift: 14,
        showarrow: false,
        font: { size: 12, color: isClaimed ? lightPalette.ink : lightPalette.muted },
      })),
    },
    height: 58 * Math.max(1, rows.length) + 70,
    table: {
      kind: "table",
      caption: "Every campaign in every segment: who bought, and the chance that it is the best there",
      columns: [
        { name: "Segment" },
        { name: "Campaign" },
        { name: "Reached", digits: 0 },
        { name: "Bought", digits: 0 },
        { name: "Rate, drawn towards all", unit: "%", digits: 1 },
        { name: "Chance to be best", unit: "%", digits: 0 },
        { name: "Claimed" },
      ],
      rows: best.segments.flatMap(({ name, winner, outlook }) =>
        outlook.map(({ campaign, reached, converted, pooled, chanceBest }) => [
          name,
          campaign,
          reached,
          converted,
          pooled === null ? null : 100 * pooled.rate,
          100 * chanceBest,
          campaign === winner ? "yes" : "no",
        ]),
      ),
      note: `Rates are drawn towards those of all segments. A hollow mark and a question mark: campaigns are not shown to differ there. Grey lines: the campaign that did best over all. ${best.notes.join(" ")}`,
    },
  });
}

function bestTrace({ segment, best, isClaimed }: OutlookRow, row: number): Readonly<Record<string, unknown>> {
  const { rate, interval } = best.pooled!;
  const colour = segmentColour(segment.key);
  const symbol = segmentSymbol(segment.key);
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    x: [rate],
    y: [row],
    marker: { color: colour, symbol: isClaimed ? symbol : `${symbol}-open`, size: 11 },
    error_x: {
      type: "data",
      symmetric: false,
      array: [interval.high - rate],
      arrayminus: [rate - interval.low],
      color: colour,
      thickness: 2,
      width: 0,
    },
    hovertemplate: `%{x:.1%} of ${countText(best.reached)}<extra></extra>`,
  };
}

/** Small grey lines: what the campaign for all did in each segment. */
function commonTrace(rows: readonly OutlookRow[]): Readonly<Record<string, unknown>> {
  const known = rows.flatMap(({ common }, row) =>
    common?.pooled ? [{ row, rate: common.pooled.rate }] : [],
  );
  return {
    type: "scatter",
    mode: "markers",
    x: known.map(({ rate }) => rate),
    y: known.map(({ row }) => row),
    marker: { color: lightPalette.muted, symbol: "line-ns-open", size: 16 },
    hovertemplate: "best for all: %{x:.1%}<extra></extra>",
  };
}

function finding({ forAll, segments }: OutlookView, rows: readonly OutlookRow[]): string {
  const claimed = rows.filter(({ isClaimed }) => isClaimed);
  if (claimed.length === 0)
    return forAll === null
      ? "No campaign is shown to be better than another, in any segment"
      : `“${forAll}” did best over all; no segment is shown to answer differently`;
  const first = claimed.reduce((a, b) => (b.best.pooled!.rate > a.best.pooled!.rate ? b : a));
  const beside =
    forAll === null || forAll === first.best.campaign ? "" : `; grey: “${forAll}”, best over all segments`;
  return `${claimed.length} of ${segments.length} segments have a best campaign of their own: “${first.best.campaign}” sold to ${percentText(first.best.pooled!.rate)} of “${first.segment.name}”${beside}`;
}
