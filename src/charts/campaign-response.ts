import { InputError } from "../core/errors.js";
import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { ChartSegment } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { plotLabel, plotText } from "./plot-text.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";
import { wilsonInterval } from "./wilson-interval.js";

/** How one segment answered one campaign. */
export interface CampaignCell {
  readonly segment: ChartSegment;
  readonly campaign: string;
  /** Customers of the segment whom it reached. */
  readonly sent: number;
  /** Of these, how many answered. */
  readonly responses: number;
}

export interface CampaignResponseOptions {
  /** What an answer is, such as "opened" or "bought"; default "responded". */
  readonly response?: string;
}

interface Placed extends CampaignCell {
  readonly row: number;
  readonly rate: number;
  readonly interval: readonly [number, number];
}

/** Which campaign suits whom? The rate of each segment in each campaign with its 95 % Wilson interval and the customers reached. */
export function campaignResponse(
  cells: readonly CampaignCell[],
  options: CampaignResponseOptions = {},
): Figure {
  const reached = cells.filter((cell) => cell.sent > 0);
  if (reached.length === 0)
    throw new InputError("campaignResponse: cells must hold a campaign that was sent, got none");
  const { response = "responded" } = options;
  const campaigns = [...new Set(reached.map((cell) => cell.campaign))];
  const placed = place(reached, campaigns);
  const rowCount = placed.at(-1)!.row + 1;
  return buildFigure({
    title: finding(placed, response),
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
      rows: placed.map(({ campaign, segment, sent, rate, interval }) => [
        campaign,
        segment.name,
        sent,
        100 * rate,
        100 * interval[0],
        100 * interval[1],
      ]),
      note: "From and to: 95 % Wilson interval.",
    },
  });
}

function place(cells: readonly CampaignCell[], campaigns: readonly string[]): readonly Placed[] {
  const ordered = campaigns.map((campaign) => cells.filter((cell) => cell.campaign === campaign));
  let row = -1.4;
  return ordered.flatMap((block) => {
    row += 1.4;
    return block.map((cell) => ({
      ...cell,
      row: row++,
      rate: cell.responses / cell.sent,
      interval: wilsonInterval(cell.responses, cell.sent),
    }));
  });
}

/** Names the best answer whose interval clears its own campaign's average, so that a lucky handful is not the headline. */
function finding(cells: readonly Placed[], response: string): string {
  const ahead = cells.filter((cell) => cell.interval[0] > campaignRate(cells, cell.campaign));
  const best = ahead.sort((a, b) => b.rate - a.rate)[0];
  if (best === undefined)
    return `In no campaign has one segment ${response} clearly more often than the others`;
  return `“${best.campaign}”: ${percentText(best.rate)} of “${best.segment.name}” ${response} (n = ${countText(best.sent)}), ${percentText(campaignRate(cells, best.campaign))} over all segments`;
}

function campaignRate(cells: readonly Placed[], campaign: string): number {
  const block = cells.filter((cell) => cell.campaign === campaign);
  const total = (pick: (cell: Placed) => number): number => block.reduce((sum, cell) => sum + pick(cell), 0);
  return total((cell) => cell.responses) / total((cell) => cell.sent);
}

function dotTrace({ segment, row, rate, interval, sent }: Placed): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "markers",
    x: [rate],
    y: [row],
    marker: { color: segmentColour(segment.key), symbol: segmentSymbol(segment.key), size: 10 },
    error_x: {
      type: "data",
      symmetric: false,
      array: [interval[1] - rate],
      arrayminus: [rate - interval[0]],
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
