import { invert } from "../inference/invert.js";

/** A log-likelihood of positive parameters: its value, with the derivatives by each parameter written into `gradient`. */
export type LogLikelihood = (parameters: Float64Array, gradient: Float64Array) => number;

/** Where a log-likelihood is highest. */
export interface LikelihoodMaximum {
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  /** What the search learnt of the inverse second derivatives, per customer and by logarithms: a start for one that is like it. */
  readonly curvature: readonly Float64Array[];
  readonly converged: boolean;
  readonly iterations: number;
}

const mostIterations = 300;
/** Largest derivative by a parameter's logarithm, per customer, that counts as flat. */
const flatness = 1e-8;
/** Parameters stay within 1e-9 and 1e9: beyond, only the edge that the likelihood rises to is sought, and digits are lost. */
const farthest = Math.log(1e9);
/** A step that wins less of the log-likelihood than this share of it only follows rounding. */
const leastGain = 1e-14;

/**
 * The parameters at which a log-likelihood is highest, all kept above 0 and below a billion.
 *
 * Quasi-Newton steps (BFGS) on the logarithms of the parameters. Some 20 to 60 evaluations, half a dozen from a near start with its
 * curvature.
 *
 * @param scale - Customers behind the likelihood, which its derivatives grow with.
 * @param curvature - Of a maximum found for a likelihood that is like this one.
 * @see Nocedal & Wright (2006), doi:10.1007/978-0-387-40065-5, algorithm 6.1
 */
export function maximizeLikelihood(
  likelihood: LogLikelihood,
  start: ArrayLike<number>,
  scale: number,
  curvature?: readonly Float64Array[],
): LikelihoodMaximum {
  const descent = (logs: Float64Array) => pointAt(likelihood, logs, scale);
  let here = descent(Float64Array.from(start, Math.log));
  let inverse: readonly Float64Array[] = curvature ?? identity(start.length);
  let iterations = 0;
  let isFresh = curvature === undefined;
  while (largest(here.slope) > flatness && iterations < mostIterations) {
    iterations++;
    const next = stepDown(descent, here, inverse);
    if (next === undefined) {
      if (isFresh) break;
      inverse = identity(start.length);
      isFresh = true;
      continue;
    }
    const gain = here.height - next.height;
    inverse = curvatureAfter(inverse, here, next, isFresh);
    isFresh = false;
    here = next;
    if (gain < leastGain * Math.abs(here.height)) break;
  }
  return {
    parameters: here.logs.map(Math.exp),
    logLikelihood: -here.height * scale,
    curvature: inverse,
    converged: largest(here.slope) <= 1e-6,
    iterations,
  };
}

/** Negative log-likelihood per customer and its derivatives by the logarithms of the parameters. */
interface Point {
  readonly logs: Float64Array;
  readonly height: number;
  readonly slope: Float64Array;
}

function pointAt(likelihood: LogLikelihood, logs: Float64Array, scale: number): Point {
  const parameters = logs.map(Math.exp);
  const slope = new Float64Array(logs.length);
  const height = -likelihood(parameters, slope) / scale;
  const isPressed = (i: number) => Math.abs(logs[i]!) >= farthest && slope[i]! * logs[i]! > 0;
  return {
    logs,
    height,
    slope: slope.map((value, i) => (isPressed(i) ? 0 : (-value * parameters[i]!) / scale)),
  };
}

/** The next point along the quasi-Newton direction that is lower; undefined where none is. */
function stepDown(
  descent: (logs: Float64Array) => Point,
  here: Point,
  inverse: readonly Float64Array[],
): Point | undefined {
  let direction = Float64Array.from(inverse, (row) => -dot(row, here.slope));
  // A parameter may grow or shrink by a factor of e² in a step, so that no exponential runs away.
  const reach = largest(direction);
  if (reach > 2) direction = direction.map((value) => (value * 2) / reach);
  const steepness = dot(direction, here.slope);
  if (!(steepness < 0)) return undefined;
  for (let share = 1; share > 1e-12; share /= 2) {
    const next = descent(here.logs.map((value, i) => within(value + share * direction[i]!)));
    if (next.height < here.height + 1e-4 * share * steepness && next.slope.every(Number.isFinite))
      return next;
  }
  return undefined;
}

const within = (log: number): number => Math.max(-farthest, Math.min(farthest, log));

/** The inverse of the second derivatives, bettered by what the last step showed. */
function curvatureAfter(
  inverse: readonly Float64Array[],
  here: Point,
  next: Point,
  isFresh: boolean,
): readonly Float64Array[] {
  const step = next.logs.map((value, i) => value - here.logs[i]!);
  const change = next.slope.map((value, i) => value - here.slope[i]!);
  const bend = dot(step, change);
  if (!(bend > 1e-16)) return inverse;
  const base = isFresh ? identity(step.length, bend / dot(change, change)) : inverse;
  const moved = Float64Array.from(base, (row) => dot(row, change));
  const factor = (1 + dot(change, moved) / bend) / bend;
  return base.map((row, i) =>
    row.map(
      (value, j) =>
        value + factor * step[i]! * step[j]! - (moved[i]! * step[j]! + step[i]! * moved[j]!) / bend,
    ),
  );
}

/**
 * Standard errors of parameters at a maximum, from the inverse of the negative second derivatives; null where the likelihood is flat.
 *
 * One evaluation for each parameter and one more; five digits.
 */
export function standardErrorsAt(
  likelihood: LogLikelihood,
  parameters: Float64Array,
  scale: number,
): readonly (number | null)[] {
  const descent = (logs: Float64Array) => pointAt(likelihood, logs, scale);
  const here = parameters.map(Math.log);
  const width = 1e-5;
  const level = descent(here).slope;
  const rows = Array.from(here, (_, i) => {
    const above = descent(here.map((value, j) => (i === j ? value + width : value))).slope;
    return above.map((value, j) => (value - level[j]!) / width);
  });
  const second = rows.map((row, i) => row.map((value, j) => (value + rows[j]![i]!) / 2));
  const covariance = invert(second.map((row) => Float64Array.from(row)));
  return Array.from(parameters, (value, i) => {
    const variance = covariance?.[i]?.[i] ?? 0;
    return variance > 0 ? value * Math.sqrt(variance / scale) : null;
  });
}

function identity(size: number, value = 1): Float64Array[] {
  return Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size }, (_, j) => (i === j ? value : 0)),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
