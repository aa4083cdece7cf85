import { quantileSorted } from "simple-statistics";
import { InputError } from "../core/errors.js";
import { countText, numberText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure, verticalLine } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { lightPalette } from "./theme.js";
import { rangeText, valueText, withUnit } from "./value-text.js";

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
  /** Inclusive for whole numbers, else up to here; of the last bar the largest value. */
  readonly to: number;
  readonly middle: number;
  readonly width: number;
  readonly count: number;
}

/**
 * What values does a feature take? A histogram up to the 99th percentile; the few above it are counted in the last bar.
 *
 * @throws InputError if no value is known.
 */
export function distribution(feature: DistributionView, options: DistributionOptions = {}): Figure {
  const known = Array.from(Float64Array.from(feature.values).filter(Number.isFinite).sort());
  if (known.length === 0) {
    throw new InputError("distribution: values must hold at least one known number, got none");
  }
  const bins = binValues(known, options.bins ?? 40);
  const missing = feature.values.length - known.length;
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(known, share));
  return buildFigure({
    title: `${feature.label}: half of the customers lie from ${rangeText(low!, high!, feature.unit)}, the median is ${valueText(middle!, feature.unit)}`,
    data: [histogram(bins)],
    layout: {
      xaxis: { title: axisTitle(withUnit(feature.label, feature.unit)), zeroline: false },
      yaxis: { title: axisTitle("Customers"), rangemode: "tozero" },
      bargap: 0.06,
      shapes: [verticalLine(middle!, lightPalette.ink)],
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

function binValues(sorted: readonly number[], limit: number): readonly Bin[] {
  const isWhole = sorted.every((value) => Number.isInteger(value));
  const low = sorted[0]!;
  const largest = quantile(sorted, 0.99);
  const high = isWhole ? Math.ceil(largest) : largest;
  const width = niceWidth((high - low) / limit, isWhole);
  const start = Math.floor(low / width) * width;
  const counts = new Array<number>(Math.floor((high - start) / width + 1e-9) + 1).fill(0);
  for (const value of sorted) {
    const place = Math.min(counts.length - 1, Math.floor((value - start) / width + 1e-9));
    counts[place]! += 1;
  }
  return counts.map((count, i) => {
    const from = tidy(start + i * width);
    const to = tidy(start + (i + 1) * width - (isWhole ? 1 : 0));
    const middle = tidy((from + to) / 2);
    return { from, to: i === counts.length - 1 ? Math.max(to, sorted.at(-1)!) : to, middle, width, count };
  });
}

function quantile(sorted: readonly number[], share: number): number {
  return tidy(quantileSorted(sorted, share));
}

/** 1, 2 or 5 times a power of ten; at least 1 for whole numbers, so that no bar is empty by construction. */
function niceWidth(least: number, isWhole: boolean): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const width = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= least * 0.999)!;
  return isWhole ? Math.max(1, width) : width;
}

function tidy(edge: number): number {
  return Number(edge.toPrecision(12));
}

function histogram(bins: readonly Bin[]): Readonly<Record<string, unknown>> {
  return {
    type: "bar",
    x: bins.map((bin) => bin.middle),
    y: bins.map((bin) => bin.count),
    width: bins[0]!.width * 0.94,
    marker: { color: lightPalette.accent },
    text: bins.map(({ from, to, count }) => {
      const range = from === to ? numberText(from) : `${numberText(from)} to ${numberText(to)}`;
      return `${range}: ${countText(count)} customers`;
    }),
    textposition: "none",
    hovertemplate: "%{text}<extra></extra>",
  };
}
