import { InputError } from "../core/errors.js";
import { countText, numberText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure, withUnit } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { lightPalette } from "./theme.js";

export interface DistributionView {
  readonly label: string;
  readonly unit?: string;
  /** One value per customer; NaN where unknown. */
  readonly values: ArrayLike<number>;
}

export interface DistributionOptions {
  /** Bars at most; default 40. */
  readonly bins?: number;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What values does a feature take? A histogram up to the 99th percentile; the few above it are counted in the last bar. */
export function distribution(feature: DistributionView, options: DistributionOptions = {}): Figure {
  const known = Float64Array.from(feature.values)
    .filter((value) => Number.isFinite(value))
    .sort();
  if (known.length === 0) {
    throw new InputError("distribution: values must hold at least one known number, got none");
  }
  const bins = binValues(known, options.bins ?? 40);
  const missing = feature.values.length - known.length;
  const [low, middle, high] = [0.25, 0.5, 0.75].map(
    (share) => known[Math.floor(share * (known.length - 1))]!,
  );
  const unit = feature.unit ? ` ${feature.unit}` : "";
  return buildFigure({
    title: `${feature.label}: half of the customers lie from ${numberText(low!)} to ${numberText(high!)}${unit}, the median is ${numberText(middle!)}`,
    data: [histogram(bins)],
    layout: {
      xaxis: { title: axisTitle(withUnit(feature.label, feature.unit)), zeroline: false },
      yaxis: { title: axisTitle("Customers"), rangemode: "tozero" },
      bargap: 0.06,
      shapes: [medianLine(middle!)],
    },
    height: 280,
    table: {
      kind: "table",
      caption: `${feature.label}: customers by range`,
      columns: [
        { name: "From", ...(feature.unit && { unit: feature.unit }) },
        { name: "To", ...(feature.unit && { unit: feature.unit }) },
        { name: "Customers" },
      ],
      rows: bins.map((bin) => [bin.from, bin.to, bin.count]),
      note:
        missing === 0
          ? `All ${countText(known.length)} customers.`
          : `${countText(known.length)} customers; unknown for ${countText(missing)} (${percentText(missing / feature.values.length)}).`,
    },
  });
}

function binValues(sorted: Float64Array, limit: number): readonly Bin[] {
  const low = sorted[0]!;
  const high = sorted[Math.floor(0.99 * (sorted.length - 1))]!;
  const width = niceWidth((high - low) / limit, sorted);
  const start = Math.floor(low / width) * width;
  const counts = new Array<number>(Math.floor((high - start) / width + 1e-9) + 1).fill(0);
  for (const value of sorted) {
    const place = Math.min(counts.length - 1, Math.floor((value - start) / width + 1e-9));
    counts[place]! += 1;
  }
  return counts.map((count, i) => ({
    from: tidy(start + i * width),
    to:
      i === counts.length - 1
        ? Math.max(tidy(start + (i + 1) * width), sorted.at(-1)!)
        : tidy(start + (i + 1) * width),
    count,
  }));
}

/** 1, 2 or 5 times a power of ten; at least 1 for whole numbers, so that no bar is empty by construction. */
function niceWidth(least: number, sorted: Float64Array): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const width = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= least * 0.999)!;
  return sorted.every((value) => Number.isInteger(value)) ? Math.max(1, width) : width;
}

function tidy(edge: number): number {
  return Number(edge.toPrecision(12));
}

function histogram(bins: readonly Bin[]): Readonly<Record<string, unknown>> {
  const width = bins.length > 1 ? bins[1]!.from - bins[0]!.from : 1;
  return {
    type: "bar",
    x: bins.map((bin) => bin.from + width / 2),
    y: bins.map((bin) => bin.count),
    width: width * 0.94,
    marker: { color: lightPalette.accent },
    text: bins.map(
      (bin) => `${numberText(bin.from)} to ${numberText(bin.to)}: ${countText(bin.count)} customers`,
    ),
    textposition: "none",
    hovertemplate: "%{text}<extra></extra>",
  };
}

function medianLine(median: number): Readonly<Record<string, unknown>> {
  return {
    type: "line",
    x0: median,
    x1: median,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: lightPalette.ink, width: 1.5, dash: "dot" },
  };
}
