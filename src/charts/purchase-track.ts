import { dayText } from "../core/calendar-day.js";
import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { lightPalette } from "./theme.js";

/** What the figure is drawn from. */
export interface TrackView {
  readonly track: {
    /** Last day of each step, since 1970-01-01. */
    readonly days: readonly number[];
    /** Repeat purchases up to each day. */
    readonly actual: readonly number[];
    readonly expected: readonly number[];
    /** Index of the first step that the model was not fitted to. */
    readonly holdoutFrom: number;
  };
  readonly calibrationEnd: string;
  /** Purchases in the holdout. */
  readonly actual: number;
  readonly expected: number;
}

/** Does the model hold? Repeat purchases as they came and as expected, week by week, with the end of the calibration. */
export function purchaseTrack(view: TrackView): Figure {
  const { track, calibrationEnd } = view;
  const dates = track.days.map(dayText);
  const line = (y: readonly number[], name: string, style: object) => ({
    type: "scatter",
    mode: "lines",
    x: dates,
    y,
    name,
    line: { width: 2, ...style },
    hovertemplate: `%{x}: %{y:,.0f} ${name}<extra></extra>`,
  });
  const label = (name: string, values: readonly number[], colour: string, up: boolean) => ({
    text: name,
    x: dates.at(-1),
    y: values.at(-1),
    xanchor: "right",
    yanchor: up ? "bottom" : "top",
    showarrow: false,
    font: { color: colour, size: 12 },
  });
  const isAbove = track.actual.at(-1)! >= track.expected.at(-1)!;
  return buildFigure({
    title: finding(view),
    data: [
      line(track.actual, "came", { color: lightPalette.ink }),
      line(track.expected, "expected", { color: lightPalette.accent, dash: "dash" }),
    ],
    layout: {
      xaxis: { title: axisTitle("Day"), type: "date", nticks: 5 },
      yaxis: { title: axisTitle("Repeat purchases so far"), rangemode: "tozero", nticks: 5 },
      shapes: [{ ...verticalLine(0, lightPalette.muted), x0: calibrationEnd, x1: calibrationEnd }],
      annotations: [
        label("came", track.actual, lightPalette.ink, isAbove),
        label("expected", track.expected, lightPalette.accent, !isAbove),
        {
          text: "fitted up to here",
          x: calibrationEnd,
          y: 1,
          yref: "paper",
          xanchor: "right",
          xshift: -4,
          yanchor: "top",
          showarrow: false,
          font: { color: lightPalette.muted, size: 12 },
        },
      ],
    },
    height: 300,
    table: {
      kind: "table",
      caption: "Repeat purchases so far, as they came and as expected",
      columns: [
        { name: "Up to" },
        { name: "Came", digits: 0 },
        { name: "Expected", digits: 0 },
        { name: "Fitted" },
      ],
      rows: track.days.map((day, i) => [
        dayText(day),
        track.actual[i]!,
        track.expected[i]!,
        i < track.holdoutFrom ? "yes" : "no",
      ]),
    },
  });
}

function finding({ actual, expected, calibrationEnd }: TrackView): string {
  const came = `After ${calibrationEnd} the models expected ${countText(Math.round(expected))} purchases and ${countText(actual)} came`;
  if (actual === 0) return came;
  const miss = expected / actual - 1;
  if (Math.abs(miss) < 0.005) return came;
  return `${came}: ${percentText(Math.abs(miss))} too ${miss < 0 ? "few" : "many"}`;
}
