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

/**
 * Repeats the step of an EM algorithm until what is left to gain seems less than the tolerance: the
 * gains of EM shrink by a steady factor near its end, and the factor of the last two tells their sum (Aitken). A rule on
 * the last gain alone would stop slow climbs far too early.
 *
 * @param step - One iteration; returns the log-likelihood before it.
 * @see Böhning et al. (1994), doi:10.1007/BF01720593
 */
export function climb(
  step: () => number,
  { maxIterations, tolerance }: { readonly maxIterations: number; readonly tolerance: number },
): Climb {
  let before = -Infinity;
  let gainBefore = Infinity;
  for (let iterations = 1; ; iterations++) {
    const logLikelihood = step();
    const gain = logLikelihood - before;
    const factor = gain / gainBefore;
    const left = factor < 1 ? (Math.abs(gain) * Math.max(0, factor)) / (1 - factor) : Infinity;
    const converged = Math.abs(gain) < tolerance && left < tolerance;
    if (converged || iterations === maxIterations) return { logLikelihood, iterations, converged };
    before = logLikelihood;
    gainBefore = gain;
  }
}
