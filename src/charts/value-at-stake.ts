import { countText, moneyText, percentText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import { segmentAxis } from "./chart-segment.js";
import type { Figure } from "./figure.js";
import { lightPalette, segmentColour } from "./theme.js";
import { nothingShown, type ValueView } from "./value-worth.js";

/** Where is value in danger? What each segment may lose because customers have stopped, beside what it is expected to bring. */
export function valueAtStake(view: ValueView): Figure {
  const { shown, unit, currency } = view;
  const largest = Math.max(1, ...shown.map(({ total, atStake }) => total + atStake));
  const bar = (x: readonly number[], base: readonly number[], of: string) => ({
    type: "bar",
    orientation: "h",
    x,
    base,
    y: shown.map((_, i) => i),
    width: 0.5,
    hovertemplate: `%{x:,.0f} ${currency} ${of}<extra></extra>`,
  });
  const kept = shown.map(({ total }) => total);
  return buildFigure({
    title: finding(view),
    data: [
      {
        ...bar(
          kept,
          shown.map(() => 0),
          "expected",
        ),
        marker: { color: lightPalette.band },
      },
      {
        ...bar(
          shown.map(({ atStake }) => atStake),
          kept,
          "at stake",
        ),
        marker: { color: shown.map(({ key }) => segmentColour(key)) },
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle(`Ahead (grey), at stake (${currency})`),
        range: [0, largest * 1.7],
        nticks: 5,
      },
      yaxis: segmentAxis(shown),
      annotations: shown.map(({ total, atStake }, i) => ({
        text: atStake < 0.5 ? "none" : moneyText(atStake, currency),
        x: total + atStake,
        y: i,
        xanchor: "left",
        xshift: 6,
        showarrow: false,
        font: { size: 12 },
      })),
      barmode: "overlay",
    },
    height: 46 * shown.length + 60,
    table: {
      kind: "table",
      caption: `What may be lost of the ${unit} ahead, by segment`,
      columns: [
        { name: "Segment" },
        { name: "Customers", digits: 0 },
        { name: "Stopped, expected number", digits: 0 },
        { name: `Expected ${unit}`, unit: currency, digits: 0 },
        { name: "At stake", unit: currency, digits: 0 },
        { name: "At stake per stopped customer", unit: currency },
      ],
      rows: shown.map(({ name, size, stopped, total, atStake }) => [
        name,
        size,
        stopped,
        total,
        atStake,
        stopped >= 0.5 ? atStake / stopped : null,
      ]),
      note: "At stake: what customers who may have stopped would bring if they had not, times the chance that they have. Per stopped customer: the most that keeping or winning back one may cost.",
    },
  });
}

function finding({ shown, unit, currency }: ValueView): string {
  if (shown.length === 0) return nothingShown;
  const all = sum(shown.map(({ atStake }) => atStake));
  const expected = sum(shown.map(({ total }) => total));
  if (all <= 0.005 * expected)
    return `Hardly any ${unit} is at stake: the models take almost all customers for active`;
  const most = shown.reduce((a, b) => (b.atStake > a.atStake ? b : a));
  return `“${most.name}” hold ${percentText(most.atStake / all)} of the ${moneyText(all, currency)} at stake: ${countText(most.stopped)} of ${countText(most.size)} have probably stopped`;
}
