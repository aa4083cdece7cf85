import { numberText } from "../core/number-text.js";

/** An axis as our charts write it: a numeric scale, sometimes with its own tick texts. */
export interface PictureAxis {
  readonly title?: { readonly text: string };
  readonly range?: readonly [number, number];
  readonly domain?: readonly [number, number];
  readonly autorange?: "reversed";
  readonly rangemode?: "tozero";
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly tickformat?: string;
  readonly dtick?: number;
  readonly nticks?: number;
  readonly showgrid?: boolean;
}

/** A number on an axis → pixels, and where its ticks are. */
export interface PictureScale {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/**
 * The scale of an axis between two pixels.
 *
 * @param values - All that is drawn along the axis; its range when the axis states none.
 */
export function pictureScale(
  axis: PictureAxis,
  values: readonly number[],
  pixels: readonly [number, number],
): PictureScale {
  const [low, high] = axis.range ?? dataRange(axis, values);
  const [start, end] = axis.autorange === "reversed" ? [pixels[1], pixels[0]] : pixels;
  const at = (value: number): number =>
    Math.round((start + ((value - low) / (high - low)) * (end - start)) * 10) / 10;
  return {
    at,
    ticks: axis.tickvals ? ownTicks(axis) : niceTicks(axis, Math.min(low, high), Math.max(low, high)),
  };
}

function dataRange(axis: PictureAxis, values: readonly number[]): readonly [number, number] {
  const known = values.filter((value) => Number.isFinite(value));
  if (axis.rangemode === "tozero") known.push(0);
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!(high > low)) return [(known[0] ?? 0) - 0.5, (known[0] ?? 0) + 0.5];
  const room = (high - low) * 0.05;
  return [axis.rangemode === "tozero" && low === 0 ? 0 : low - room, high + room];
}

function ownTicks({ tickvals = [], ticktext = [] }: PictureAxis): PictureScale["ticks"] {
  return tickvals.map((value, i) => ({ value, text: ticktext[i] ?? String(value) }));
}

function niceTicks(axis: PictureAxis, low: number, high: number): PictureScale["ticks"] {
  const least = (high - low) / (axis.nticks ?? 6);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = axis.dtick ?? [1, 2, 5, 10].map((times) => times * power).find((nice) => nice >= least)!;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.max(0, Math.floor(high / step + 1e-9) - first + 1);
  return Array.from({ length: Math.min(count, 50) }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(12));
    return {
      value,
      text: axis.tickformat?.endsWith("%") ? `${numberText(value * 100)} %` : numberText(value),
    };
  });
}
