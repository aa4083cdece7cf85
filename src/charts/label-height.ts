/** What an axis needs to say where its labels stand. */
interface LabelledAxis {
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly range?: readonly number[];
  readonly domain?: readonly number[];
}

/** Pixels of a line at the font size of the theme, as plotly sets it. */
const lineHeight = 17;
/** Lines between the labels of two rows. */
const gap = 0.5;

/** Pixels at which labels of several lines beside the rows of a plot do not touch; 0 where no axis has such rows. */
export function heightOfLabels(layout: Readonly<Record<string, unknown>>): number {
  const axes = Object.entries(layout).filter(([name]) => /^yaxis\d*$/.test(name));
  return Math.max(0, ...axes.map(([, axis]) => heightOfAxis(axis as LabelledAxis)));
}

function heightOfAxis({ tickvals = [], ticktext = [], range, domain = [0, 1] }: LabelledAxis): number {
  const lines = ticktext.map((text) => text.split("<br>").length);
  const needs = tickvals.slice(1).map((value, i) => {
    const between = ((lines[i] ?? 1) + (lines[i + 1] ?? 1)) / 2 + gap;
    return (between * lineHeight) / Math.abs(value - tickvals[i]!);
  });
  const [low, high] = range ?? [0, ticktext.length];
  return (Math.max(0, ...needs.filter(Number.isFinite)) * Math.abs(high! - low!)) / (domain[1]! - domain[0]!);
}
