import { dayNumber, dayText } from "../core/calendar-day.js";
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
    x: track.days,
    y,
    name,
    customdata: dates,
    line: { width: 2, ...style },
    hovertemplate: `%{customdata}: %{y:,.0f} ${name}<extra></extra>`,
  });
  const label = (name: string, values: readonly number[], colour: string, up: boolean) => ({
    text: name,
    x: track.days.at(-1),
    y: values.at(-1),
    xanchor: "right",
    yanchor: up ? "bottom" : "top",
    showarrow: false,
    font: { color: colour, size: 12 },
  });
  const calibrationDay = dayNumber(calibrationEnd)!;
  const isAbove = track.actual.at(-1)! >= track.expected.at(-1)!;
  return buildFigure({
    title: finding(view),
    data: [
      line(track.actual, "came", { color: lightPalette.ink }),
      line(track.expected, "expected", { color: lightPalette.accent, dash: "dash" }),
    ],
    layout: {
      xaxis: { title: axisTitle("Day"), ...dayTicks(track.days) },
      yaxis: { title: axisTitle("Repeat purchases so far"), rangemode: "tozero", nticks: 5 },
      shapes: [verticalLine(calibrationDay, lightPalette.muted)],
      annotations: [
        label("came", track.actual, lightPalette.ink, isAbove),
        label("expected", track.expected, lightPalette.accent, !isAbove),
        {
          text: "fitted up to here",
          x: calibrationDay,
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

/** Five days with their dates, the first and the last among them. Numbers, not dates: a still picture has no calendar. */
function dayTicks(days: readonly number[]): Readonly<Record<string, unknown>> {
  const last = days.length - 1;
  const places = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last)))];
  const tickvals = places.map((place) => days[place]!);
  return { tickmode: "array", tickvals, ticktext: tickvals.map(dayText) };
}
