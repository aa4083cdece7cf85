import type { Span } from "./truncation-set.js";

/** A density as its logarithm, up to a constant, with one peak and falling on both sides of it. */
export interface LogDensity {
  readonly log: (value: number) => number;
  readonly peak: number;
}

/** So far below the highest point of a span in logarithm that the rest adds nothing a double could hold. */
const deepest = 45;
const steps = 600;

/** The probability of `part` given `whole`, both as spans; kept as logarithms, so that spans far out in the tail lose no digits. */
export function shareOfSpans(density: LogDensity, part: readonly Span[], whole: readonly Span[]): number {
  const logOf = (spans: readonly Span[]) => logSum(spans.map((span) => logIntegral(density, span)));
  return Math.exp(Math.min(0, logOf(part) - logOf(whole)));
}

/** The parts of spans that lie within a span. */
export function clipSpans(spans: readonly Span[], [low, high]: Span): readonly Span[] {
  return spans
    .map(([from, to]): Span => [Math.max(from, low), Math.min(to, high)])
    .filter(([from, to]) => from < to);
}

function logSum(logs: readonly number[]): number {
  const largest = Math.max(...logs, -Infinity);
  if (largest === -Infinity) return -Infinity;
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
}

function logIntegral(density: LogDensity, [low, high]: Span): number {
  const top = Math.min(high, Math.max(low, density.peak));
  const height = density.log(top);
  if (height === -Infinity) return -Infinity;
  const end = (limit: number) => reachOf((value) => density.log(value) - height, top, limit);
  const area =
    simpson((value) => Math.exp(density.log(value) - height), end(low), top) +
    simpson((value) => Math.exp(density.log(value) - height), top, end(high));
  return height + Math.log(area);
}

/** The point towards `limit` where a falling function has reached the depth that counts, or `limit`. */
function reachOf(log: (value: number) => number, top: number, limit: number): number {
  if (limit === top) return top;
  const sign = limit > top ? 1 : -1;
  const within = (distance: number) =>
    distance < Math.abs(limit - top) && log(top + sign * distance) > -deepest;
  let far = 1e-6;
  while (within(far)) far *= 2;
  let near = 0;
  for (let halving = 0; halving < 40; halving++) {
    const middle = (near + far) / 2;
    if (within(middle)) near = middle;
    else far = middle;
  }
  return Math.abs(limit - top) <= far ? limit : top + sign * far;
}

function simpson(height: (value: number) => number, from: number, to: number): number {
  const width = (to - from) / steps;
  let sum = height(from) + height(to);
  for (let step = 1; step < steps; step++) sum += (step % 2 === 1 ? 4 : 2) * height(from + step * width);
  return (sum * width) / 3;
}
