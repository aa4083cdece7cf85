/** A model that EM improves step by step, with its parameters as one list of numbers. */
export interface Climber {
  /** One iteration; returns the log-likelihood before it. */
  readonly step: () => number;
  /** A copy of the parameters. */
  readonly read: () => Float64Array;
  /** Takes on parameters; returns false, with the model as it was, where they are none (a share or variance below 0). */
  readonly write: (parameters: Float64Array) => boolean;
}

/** Parameters of several kinds as one list. */
export function joinParameters(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Where expectation and maximisation ended. */
export interface Climb {
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** What may be left to gain of log-likelihood when a start ends: a thousandth, or a millionth per row if that is more. */
export function toleranceFor(rowCount: number): number {
  return Math.max(1e-3, 1e-6 * rowCount);
}

/** The climb that ended highest; of equals the first. */
export function likeliest<End extends Climb>(climbs: readonly End[]): End {
  let best = climbs[0]!;
  for (const climb of climbs) if (climb.logLikelihood > best.logLikelihood) best = climb;
  return best;
}

/** How many climbs found the best: a hundred times what an end may leave counts as the same. */
export function countHits(climbs: readonly Climb[], best: Climb, rowCount: number): number {
  const least = best.logLikelihood - 100 * toleranceFor(rowCount);
  return climbs.filter(({ logLikelihood }) => logLikelihood >= least).length;
}

/**
 * Repeats the step of an EM algorithm until what is left to gain seems less than the tolerance.
 *
 * Near its end EM shrinks its steps by a steady factor, which two steps in a row tell: it says how much is left (a rule
 * on the last gain alone would stop slow climbs far too early) and how far to leap ahead (SQUAREM). A leap that leads
 * down is taken back, so that the likelihood rises as with EM alone, in far fewer steps.
 *
 * Iterations come two and then three at a time, never more than the limit; after a single one, too few to see where it
 * leads, the log-likelihood is that before it.
 *
 * @see Varadhan & Roland (2008), doi:10.1111/j.1467-9469.2007.00585.x
 */
export function climb(
  { step, read, write }: Climber,
  { maxIterations, tolerance }: { readonly maxIterations: number; readonly tolerance: number },
): Climb {
  if (maxIterations === 1) return { logLikelihood: step(), iterations: 1, converged: false };
  for (let iterations = 2; ; iterations += 3) {
    const begin = read();
    const before = step();
    const first = read();
    const logLikelihood = step();
    const second = read();
    const { factor, leap } = lookAhead(begin, first, second);
    const gain = Math.abs(logLikelihood - before);
    const left = factor < 1 ? (gain * factor ** 2) / (1 - factor ** 2) : Infinity;
    const converged = gain < tolerance && (left < tolerance || gain < 1e-6 * tolerance);
    if (converged || iterations + 3 > maxIterations) return { logLikelihood, iterations, converged };
    if (write(leap) && step() < logLikelihood) write(second);
  }
}

/** By what factor steps shrink, and where they lead to if they go on so. */
function lookAhead(
  begin: Float64Array,
  first: Float64Array,
  second: Float64Array,
): { readonly factor: number; readonly leap: Float64Array } {
  let firstStep = 0;
  let secondStep = 0;
  let bend = 0;
  for (let at = 0; at < begin.length; at++) {
    const one = first[at]! - begin[at]!;
    const two = second[at]! - first[at]!;
    firstStep += one * one;
    secondStep += two * two;
    bend += (two - one) ** 2;
  }
  const length = Math.max(1, Math.sqrt(firstStep / bend) || 1);
  const leap = begin.map((value, at) => {
    const one = first[at]! - value;
    return value + 2 * length * one + length ** 2 * (second[at]! - first[at]! - one);
  });
  return { factor: Math.sqrt(secondStep / firstStep) || 0, leap };
}
