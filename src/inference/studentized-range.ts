import { checkCount, checkNumber } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { logGamma } from "../core/special-functions.js";
import { findRoot } from "./find-root.js";
import { normalRangeTails } from "./normal-range.js";
import { withinReport } from "./tail-probability.js";

/** The distribution of the range of some means in units of their estimated standard error. */
export interface StudentizedRange {
  /** Probability of a range of at most q, 0…1. */
  below(q: number): number;
  /** Probability of a range of at least q, 1e-300…1; keeps its digits where 1 − below would be 0. */
  above(q: number): number;
  /** The q with this probability below it, for a probability above 0 and below 1. */
  quantile(probability: number): number;
}

/**
 * Distribution of the studentized range, which Tukey's and Games and Howell's comparisons rest on.
 *
 * Seven digits or more, in the far tails too. The integral over the estimated standard deviation is taken on its logarithm
 * by the trapezoidal rule, which converges faster than any power of its step for such smooth bells. A few milliseconds per value.
 *
 * @param groupCount - Means that are compared, 2 to 1,000.
 * @param degreesOfFreedom - Of the variance, at least 1; Infinity where it is known.
 * @throws InputError if an argument is out of range.
 * @see Copenhaver & Holland (1988), doi:10.1080/00949658808811082. Checked against SciPy and R in test/reference/tests-python.json.
 * @example
 * studentizedRange(3, 20).quantile(0.95) // => 3.577935
 */
export function studentizedRange(groupCount: number, degreesOfFreedom: number): StudentizedRange {
  checkCount("studentizedRange", "groupCount", groupCount, 2, 1000);
  if (degreesOfFreedom !== Number.POSITIVE_INFINITY)
    checkNumber("studentizedRange", "degreesOfFreedom", degreesOfFreedom, 1);
  const tails = (q: number) => {
    if (Number.isNaN(q)) throw new InputError("studentizedRange: q must be a number, got NaN");
    if (q <= 0) return { below: 0, above: 1 };
    return integrateOverScale(q, { groupCount, degreesOfFreedom });
  };
  return {
    below: (q) => Math.min(1, tails(q).below),
    above: (q) => withinReport(tails(q).above),
    quantile: (probability) => {
      checkNumber("studentizedRange", "probability", probability, 1e-12, 1 - 1e-12);
      return findQuantile(tails, probability);
    },
  };
}

type Tails = Readonly<Record<"below" | "above", number>>;

function findQuantile(tails: (q: number) => Tails, probability: number): number {
  const side = probability < 0.5 ? "below" : "above";
  const wanted = probability < 0.5 ? probability : 1 - probability;
  const miss = (logQ: number) => Math.log(tails(Math.exp(logQ))[side] / wanted);
  let [low, high] = [0, Math.log(10)];
  while (tails(Math.exp(low)).below > probability) low -= 2;
  while (tails(Math.exp(high)).below < probability) high += 2;
  return Math.exp(findRoot(miss, low, high));
}

/** Both tails at q: those of the range of normals at q·s, averaged over the distribution of s = χ/√degrees. */
function integrateOverScale(
  q: number,
  { groupCount, degreesOfFreedom }: { groupCount: number; degreesOfFreedom: number },
): Tails {
  if (degreesOfFreedom > 1e12) return normalRangeTails(q, groupCount);
  const logPeak = logDensityAtOne(degreesOfFreedom / 2);
  const step = Math.min(0.1, 0.7 / Math.sqrt(2 * degreesOfFreedom));
  const at = (i: number): Tails => {
    const logScale = i * step;
    const scale = Math.exp(logScale);
    const fall = (degreesOfFreedom / 2) * (Math.expm1(2 * logScale) - 2 * logScale);
    const density = step * Math.exp(logPeak - fall);
    const { below, above } = normalRangeTails(q * scale, groupCount);
    return { below: density * below, above: density * above };
  };
  return sumBothTails(at);
}

/** Logarithm of the density of ln s at s = 1, its highest point; `half` is half the degrees of freedom. */
function logDensityAtOne(half: number): number {
  if (half < 50) return Math.LN2 + half * Math.log(half) - logGamma(half) - half;
  // Stirling's series: the terms of the exact form would cancel.
  const series = 1 / (12 * half) - 1 / (360 * half ** 3) + 1 / (1260 * half ** 5);
  return Math.LN2 + Math.log(half / (2 * Math.PI)) / 2 - series;
}

/** Each tail's terms form one bell, at different places: both are summed until neither grows any more. */
function sumBothTails(at: (i: number) => Tails): Tails {
  const total = { below: 0, above: 0 };
  for (const direction of [-1, 1]) {
    let previous: Tails = { below: 0, above: 0 };
    for (let i = direction < 0 ? -1 : 0; ; i += direction) {
      const term = at(i);
      total.below += term.below;
      total.above += term.above;
      const isDone = (["below", "above"] as const).every(
        (side) => term[side] <= 1e-13 * total[side] && term[side] <= previous[side],
      );
      if (isDone && Math.abs(i) > 2) break;
      previous = term;
    }
  }
  return total;
}
