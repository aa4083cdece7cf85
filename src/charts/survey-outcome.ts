import { countText, numberText, percentText } from "../core/number-text.js";
import type { OutcomeCell, OutcomeResult } from "../segments/survey-outcomes.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import { segmentAxis } from "./chart-segment.js";
import type { DisplayTable, Figure } from "./figure.js";
import { lightPalette, segmentColour, segmentSymbol } from "./theme.js";

/** What did they answer? One dot per segment with its interval, all customers as a line; segments with few answers stay empty. */
export function surveyOutcome(result: OutcomeResult): Figure {
  const { segments, total } = result;
  const drawn = segments.map((cell, i) => ({ cell, i })).filter(({ cell }) => cell.value !== null);
  return buildFigure({
    title: finding(result),
    data: drawn.map(({ cell, i }) => dotTrace(cell, i, result)),
    layout: {
      xaxis: { title: axisTitle(axisText(result)), range: axisRange(result), zeroline: false, nticks: 6 },
      yaxis: segmentAxis(
        segments.map(({ key, name, size, answers }) => ({ key, name, size: answers ?? size })),
      ),
      shapes: total.value === null ? [] : [verticalLine(shown(total.value, result), lightPalette.muted)],
      annotations: total.value === null ? [] : [totalName(total.value, result)],
    },
    height: 50 * segments.length + 90,
    table: outcomeTable(result),
  });
}

/** An outcome by segment: value, interval, and how many answered. */
function outcomeTable(result: OutcomeResult): DisplayTable {
  const { feature, segments, total, measure } = result;
  const unit =
    measure === "top-2-box" ? { unit: "%", digits: 1 } : measure === "mean" ? { digits: 2 } : { digits: 0 };
  return {
    kind: "table",
    caption: `${feature.label} by segment`,
    columns: [
      { name: "Segment" },
      { name: "Customers", digits: 0 },
      { name: "Answers", digits: 0 },
      { name: measureWords[measure], ...unit },
      { name: "From", ...unit },
      { name: "To", ...unit },
    ],
    rows: [...segments, total].map((cell) => [
      cell.name,
      cell.size,
      cell.answers,
      ...[cell.value, cell.interval?.low, cell.interval?.high].map((value) =>
        value === null || value === undefined ? null : shown(value, result),
      ),
    ]),
    note: [
      `From and to: ${Math.round(100 * (total.interval?.level ?? 0.95))} % interval, over those who answered.`,
      ...result.notes,
    ].join(" "),
  };
}

/** Several outcomes by segment: an outcome a row, its value and in brackets how many answered. */
export function outcomesTable(results: readonly OutcomeResult[]): DisplayTable {
  const cellText = (cell: OutcomeCell, result: OutcomeResult): string =>
    cell.value === null ? "too few" : `${valueWords(cell.value, result)} (${countText(cell.answers!)})`;
  return {
    kind: "table",
    caption: "What they answered: value, and in brackets how many answered",
    columns: [
      { name: "Answer" },
      { name: "Measure" },
      ...(results[0]?.segments ?? []).map(({ name }) => ({ name, align: "right" as const })),
      { name: "All", align: "right" as const },
    ],
    rows: results.map((result) => [
      result.feature.label,
      measureWords[result.measure],
      ...result.segments.map((cell) => cellText(cell, result)),
      cellText(result.total, result),
    ]),
    note: "Only of those who answered: who does may differ from who does not.",
  };
}

const measureWords: Readonly<Record<OutcomeResult["measure"], string>> = {
  mean: "Mean",
  "top-2-box": "Top two",
  "net-promoter": "Net promoter score",
};

/** As a reader sees it: shares as per cent, a net score as −100 to 100. */
function shown(value: number, { measure }: OutcomeResult): number {
  return measure === "mean" ? value : 100 * value;
}

function valueWords(value: number, { measure }: OutcomeResult): string {
  if (measure === "mean") return numberText(value);
  return measure === "top-2-box" ? percentText(value) : numberText(Math.round(100 * value));
}

function axisText({ feature, measure, range }: OutcomeResult): string {
  if (measure === "mean") return `${feature.label}, mean (${range[0]} to ${range[1]})`;
  return measure === "top-2-box"
    ? `${feature.label}, ${range[1] - 1} or more of ${range[1]} (%)`
    : `${feature.label}, net promoter score (−100 to 100)`;
}

function axisRange({ measure, range }: OutcomeResult): readonly [number, number] {
  const [low, high] = measure === "mean" ? range : measure === "top-2-box" ? [0, 100] : [-100, 100];
  const room = 0.03 * (high - low);
  return [low - room, high + room];
}

function finding(result: OutcomeResult): string {
  const known = result.segments.filter((cell) => cell.value !== null).sort((a, b) => b.value! - a.value!);
  const [highest, lowest] = [known[0], known.at(-1)];
  const { label } = result.feature;
  if (highest === undefined) return `${label}: too few answers to show any segment`;
  if (highest === lowest) return `${label}: only “${highest.name}” answered often enough to be shown`;
  const apart = (lowest!.interval?.high ?? 0) < (highest.interval?.low ?? 0);
  const ends = `“${highest.name}” (${valueWords(highest.value!, result)}) and “${lowest!.name}” (${valueWords(lowest!.value!, result)})`;
  return apart
    ? `${label}: highest and lowest are ${ends}`
    : `${label}: no clear difference, not even between ${ends}`;
}

function dotTrace(cell: OutcomeCell, i: number, result: OutcomeResult): Readonly<Record<string, unknown>> {
  const value = shown(cell.value!, result);
  const { low, high } = cell.interval ?? { low: cell.value!, high: cell.value! };
  return {
    type: "scatter",
    mode: "markers",
    x: [value],
    y: [i],
    marker: { color: segmentColour(cell.key), symbol: segmentSymbol(cell.key), size: 11 },
    error_x: {
      type: "data",
      symmetric: false,
      array: [shown(high, result) - value],
      arrayminus: [value - shown(low, result)],
      color: segmentColour(cell.key),
      thickness: 2,
      width: 5,
    },
    hovertemplate: "%{x:.3r}<extra></extra>",
  };
}

function totalName(value: number, result: OutcomeResult): Readonly<Record<string, unknown>> {
  return {
    text: `all ${valueWords(value, result)}`,
    x: shown(value, result),
    y: 1,
    yref: "paper",
    yanchor: "bottom",
    showarrow: false,
    font: { color: lightPalette.muted, size: 12 },
  };
}
