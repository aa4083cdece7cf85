import { InputError } from "../core/errors.js";
import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotLabel, plotText } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

/** How one segment answered one campaign. */
export interface CampaignPoint {
  readonly segment: ChartSegment;
  readonly campaign: string;
  /** Customers of the segment whom it reached. */
  readonly sent: number;
  /** Of these, how many answered. */
  readonly responses: number;
  /** 95 % interval of the rate, 0–1; without it only the rate is drawn. */
  readonly interval?: { readonly low: number; readonly high: number } | null;
}

export interface CampaignResponseOptions {
  /** What an answer is, such as "opened" or "bought"; default "responded". */
  readonly response?: string;
  /** Campaigns drawn at most, those that reached most customers; default 8. The table has all. */
  readonly campaigns?: number;
}

interface Placed extends CampaignPoint {
  readonly row: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Which campaign suits whom? The rate of each segment in each campaign with its interval and the customers reached.
 *
 * @throws InputError if no campaign was sent to anybody.
 */
export function campaignResponse(
  cells: readonly CampaignPoint[],
  options: CampaignResponseOptions = {},
): Figure {
  const reached = cells.filter((cell) => cell.sent > 0);
  if (reached.length === 0)
    throw new InputError("campaignResponse: cells must hold a campaign that was sent, got none");
  const { response = "responded", campaigns: limit = 8 } = options;
  const all = [...new Set(reached.map((cell) => cell.campaign))];
  const campaigns = largestCampaigns(reached, all, limit);
  const placed = place(reached, campaigns);
  const rowCount = placed.at(-1)!.row + 1;
  return buildFigure({
    title: finding(place(reached, all), response),
    data: placed.map(dotTrace),
    layout: {
      xaxis: {
        title: axisTitle(`Share who ${response} (%), 95 % interval`),
        tickformat: ".0%",
        rangemode: "tozero",
        nticks: 6,
      },
      yaxis: {
        tickvals: placed.map((cell) => cell.row),
        ticktext: placed.map(
          (cell) => `${plotLabel(cell.segment.name).replaceAll("<br>", " ")}, n = ${countText(cell.sent)}`,
        ),
        range: [rowCount - 0.4, -1.2],
        showgrid: false,
        zeroline: false,
      },
      annotations: campaigns.map((campaign) =>
        headingAt(campaign, placed.find((cell) => cell.campaign === campaign)!.row),
      ),
    },
    height: 30 * rowCount + 90,
    table: {
      kind: "table",
      caption: `Share who ${response}, by campaign and segment`,
      columns: [
        { name: "Campaign" },
        { name: "Segment" },
        { name: "Reached" },
        { name: `Share who ${response}`, unit: "%", digits: 1 },
        { name: "From", unit: "%", digits: 1 },
        { name: "To", unit: "%", digits: 1 },
      ],
      rows: place(reached, all).map(({ campaign, segment, sent, rate, low, high }) => [
        campaign,
        segment.name,
        sent,
        100 * rate,
        100 * low,
        100 * high,
      ]),
      note: `From and to: 95 % interval of the share.${campaigns.length < all.length ? ` The figure shows the ${campaigns.length} of ${all.length} campaigns that reached most customers.` : ""}`,
    },
  });
}

/** In the order given; of equal reach the earlier stays. */
function largestCampaigns(
  cells: readonly CampaignPoint[],
  campaigns: readonly string[],
  limit: number,
): readonly string[] {
  const reach = new Map(campaigns.map((campaign) => [campaign, 0]));
  for (const { campaign, sent } of cells) reach.set(campaign, reach.get(campaign)! + sent);
  const kept = [...campaigns].sort((a, b) => reach.get(b)! - reach.get(a)!).slice(0, limit);
  return campaigns.filter((campaign) => kept.includes(campaign));
}

function place(cells: readonly CampaignPoint[], campaigns: readonly string[]): readonly Placed[] {
  const ordered = campaigns.map((campaign) => cells.filter((cell) => cell.campaign === campaign));
  let row = -1.4;
  return ordered.flatMap((block) => {
    row += 1.4;
    return block.map((cell) => {
      const rate = cell.responses / cell.sent;
      const { low, high } = cell.interval ?? { low: rate, high: rate };
      return { ...cell, row: row++, rate, low, high };
    });
  });
}

/** Names the answer whose interval clears its own campaign's average by most, so that a lucky handful is not the headline. */
function finding(cells: readonly Placed[], response: string): string {
  const lead = (cell: Placed): number => cell.low - campaignRate(cells, cell.campaign);
  const best = [...cells].sort((a, b) => lead(b) - lead(a))[0];
  if (best === undefined || lead(best) <= 0)
    return `In no campaign has one segment ${response} clearly more often than the others`;
  return `“${best.campaign}”: ${percentText(best.rate)} of “${best.segment.name}” ${response} (n = ${countText(best.sent)}), ${percentText(campaignRate(cells, best.campaign))} over all segments`;
}

function campaignRate(cells: readonly Placed[], campaign: string): number {
  const block = cells.filter((cell) => cell.campaign === campaign);
  const total = (pick: (cell: Placed) => number): number => block.reduce((sum, cell) => sum + pick(cell), 0);
  return total((cell) => cell.responses) / total((cell) => cell.sent);
}

function dotTrace({ segment, row, rate, low, high, sent }: Placed): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "markers",
    cliponaxis: false,
    x: [rate],
    y: [row],
    marker: { color: segmentColour(segment.key), symbol: segmentSymbol(segment.key), size: 10 },
    error_x: {
      type: "data",
      symmetric: false,
      array: [high - rate],
      arrayminus: [rate - low],
      color: segmentColour(segment.key),
      thickness: 2,
      width: 0,
    },
    hovertemplate: `%{x:.1%} of ${countText(sent)}<extra></extra>`,
  };
}

function headingAt(campaign: string, row: number): Readonly<Record<string, unknown>> {
  return {
    text: plotText(campaign),
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: row - 0.75,
    showarrow: false,
    font: { color: lightPalette.accent, size: 13 },
  };
}
