import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { type LogLikelihood, maximizeLikelihood, standardErrorsAt } from "./maximize-likelihood.js";

/** How a cohort of subscribers melts away: each leaves at a renewal with a chance that is beta(α, β) over customers. */
export interface ShiftedBetaGeometricFit {
  readonly model: "sBG";
  readonly parameters: { readonly alpha: number; readonly beta: number };
  readonly standardErrors: { readonly alpha: number | null; readonly beta: number | null };
  readonly logLikelihood: number;
  readonly customers: number;
  readonly converged: boolean;
  readonly iterations: number;
}

/**
 * Fits sBG to the subscribers left after each renewal.
 *
 * Maximum likelihood. O(renewals) per evaluation.
 *
 * @param survivors - Subscribers at the start, after the first renewal, after the second, …; whole numbers, never rising.
 * @throws InputError if there are fewer than three numbers, one rises, or nobody left.
 * @see Fader & Hardie (2007), doi:10.1002/dir.20074, equations 5 and 6
 */
export function fitShiftedBetaGeometric(survivors: readonly number[]): ShiftedBetaGeometricFit {
  checkSurvivors(survivors);
  const lost = survivors.slice(1).map((count, i) => survivors[i]! - count);
  const ofBoth: LogLikelihood = ([alpha, beta], gradient) =>
    likelihood(lost, survivors.at(-1)!, [alpha!, beta!], gradient);
  const best = maximizeLikelihood(ofBoth, [1, 1], survivors[0]!);
  const [alpha, beta] = best.parameters as unknown as readonly [number, number];
  const [ofAlpha, ofBeta] = standardErrorsAt(ofBoth, best.parameters, survivors[0]!);
  return {
    model: "sBG",
    parameters: { alpha, beta },
    standardErrors: { alpha: ofAlpha ?? null, beta: ofBeta ?? null },
    logLikelihood: best.logLikelihood,
    customers: survivors[0]!,
    converged: best.converged,
    iterations: best.iterations,
  };
}

/** Share of subscribers still there after a number of renewals, 0…1, falling. O(renewals). */
export function expectedSurvival({ parameters }: ShiftedBetaGeometricFit, renewals: number): number {
  checkCount("expectedSurvival", "renewals", renewals, 0, 100_000);
  const { alpha, beta } = parameters;
  let share = 1;
  for (let t = 0; t < renewals; t++) share *= (beta + t) / (alpha + beta + t);
  return share;
}

/** ln P(leaves at renewal t) = ln α + Σ ln(β + i), i below t − 1, − Σ ln(α + β + i), i below t; survivors likewise. */
function likelihood(
  lost: readonly number[],
  left: number,
  [alpha, beta]: readonly [number, number],
  gradient: Float64Array,
): number {
  let [total, byAlpha, byBeta] = [0, 0, 0];
  let [log, logByAlpha, logByBeta] = [0, 0, 0];
  lost.forEach((count, i) => {
    const all = alpha + beta + i;
    total += count * (log + Math.log(alpha / all));
    byAlpha += count * (logByAlpha + 1 / alpha - 1 / all);
    byBeta += count * (logByBeta - 1 / all);
    log += Math.log((beta + i) / all);
    logByAlpha -= 1 / all;
    logByBeta += 1 / (beta + i) - 1 / all;
  });
  gradient.set([byAlpha + left * logByAlpha, byBeta + left * logByBeta]);
  return total + left * log;
}

function checkSurvivors(survivors: readonly number[]): void {
  if (survivors.length < 3)
    throw new InputError(
      `fitShiftedBetaGeometric: survivors must have at least 3 numbers, got ${survivors.length}`,
    );
  for (const [i, count] of survivors.entries()) {
    const before = survivors[i - 1] ?? Number.MAX_SAFE_INTEGER;
    checkCount("fitShiftedBetaGeometric", `survivors[${i}]`, count, 0, before, "those before");
  }
  if (survivors[0] === survivors.at(-1))
    throw new InputError("fitShiftedBetaGeometric: survivors must fall, got nobody who left");
}
