import { sampleCorrelation } from "simple-statistics";
import { checkSameLength, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { numberText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import { gammaGammaLikelihood } from "./gamma-gamma-likelihood.js";
import { maximizeLikelihood, standardErrorsAt } from "./maximize-likelihood.js";
import { startOf } from "./start-of.js";

/** What customers spend in a purchase: each around an own mean, and the means spread over customers. */
export interface GammaGammaFit {
  readonly model: "gamma-gamma";
  /** p: evenness of one customer's purchases; q, v: how the means spread. v in the unit of money. */
  readonly parameters: { readonly p: number; readonly q: number; readonly v: number };
  readonly standardErrors: {
    readonly p: number | null;
    readonly q: number | null;
    readonly v: number | null;
  };
  readonly logLikelihood: number;
  /** Customers with a purchase that the fit knows the amount of. */
  readonly customers: number;
  /** Pearson correlation of purchases and mean spend: the model takes it for 0. */
  readonly correlation: number;
  readonly converged: boolean;
  readonly iterations: number;
  readonly notes: readonly string[];
}

/** How many purchases each customer made, and what they were worth on average; entry i is customer i. */
export interface PurchaseValues {
  /** Purchases whose amounts were averaged; whole numbers, 0 for who made none. */
  readonly purchases: ArrayLike<number>;
  /** Mean amount of them, above 0 where there are any. */
  readonly meanValue: ArrayLike<number>;
}

/** How the spending model is fitted. */
export interface GammaGammaOptions {
  /** Largest correlation of purchases and mean spend that is taken for none, either way; default 0.3. */
  readonly correlationLimit?: number;
  readonly start?: { readonly p: number; readonly q: number; readonly v: number };
}

/**
 * Fits Gamma–Gamma: the mean amount of a purchase for each customer, and for one who has bought little.
 *
 * Maximum likelihood with exact derivatives. Customers without purchases are left out. The model takes spend for independent of
 * frequency: the correlation is in the result, with a note above 0.1 in size. A logarithm per customer and evaluation, some 40 evaluations.
 *
 * @throws InputError if an amount is not above 0, fewer than three customers remain, the correlation is beyond its limit, or q
 * comes out at 1 or below, where no mean spend exists.
 * @see Fader & Hardie (2013), note 025, http://www.brucehardie.com/notes/025
 */
export function fitGammaGamma(values: PurchaseValues, options: GammaGammaOptions = {}): GammaGammaFit {
  const { correlationLimit = 0.3, start } = options;
  const { counts, means } = buyersOf(values);
  const correlation = correlationOf(counts, means);
  if (Math.abs(correlation) > correlationLimit)
    throw new InputError(
      `fitGammaGamma: meanValue must hardly go with purchases (correlation within ±${correlationLimit}), got ${numberText(correlation)}. The model would misjudge who buys often: model them apart, or raise correlationLimit knowingly`,
    );
  const likelihood = gammaGammaLikelihood(counts, means);
  const best = maximizeLikelihood(
    likelihood,
    startOf("fitGammaGamma", ["p", "q", "v"], start) ?? startFor(means),
    counts.length,
  );
  const [p, q, v] = best.parameters as unknown as readonly [number, number, number];
  if (q <= 1)
    throw new InputError(
      `fitGammaGamma: meanValue must have a mean that can be told, got q = ${numberText(q)}, at which the model has none. A few huge amounts often cause it: look at them`,
    );
  const [ofP, ofQ, ofV] = standardErrorsAt(likelihood, best.parameters, counts.length);
  return {
    model: "gamma-gamma",
    parameters: { p, q, v },
    standardErrors: { p: ofP ?? null, q: ofQ ?? null, v: ofV ?? null },
    logLikelihood: best.logLikelihood,
    customers: counts.length,
    correlation,
    converged: best.converged,
    iterations: best.iterations,
    notes: [
      ...(best.converged ? [] : ["The fit did not converge: its parameters are where the search ended."]),
      ...(Math.abs(correlation) > 0.1
        ? [
            `Purchases and mean spend go together (correlation ${numberText(correlation)}), which the model leaves out.`,
          ]
        : []),
    ],
  };
}

/**
 * Mean amount of a purchase to expect of each customer: between the own mean and that of all, the nearer to the own the more
 * purchases there were.
 *
 * In the unit of the amounts; who has no purchases gets the mean of all customers. O(customers).
 *
 * @see Fader & Hardie (2013), note 025, equation 5
 */
export function expectedSpend(
  { parameters }: GammaGammaFit,
  { purchases, meanValue }: PurchaseValues,
): Float64Array {
  const { p, q, v } = parameters;
  return Float64Array.from(purchases, (x, i) => {
    const total = x === 0 ? 0 : x * meanValue[i]!;
    return (p * (v + total)) / (p * x + q - 1);
  });
}

function buyersOf({ purchases, meanValue }: PurchaseValues): { counts: Float64Array; means: Float64Array } {
  checkSameLength("fitGammaGamma", "meanValue", meanValue, purchases.length, "one per customer");
  const rows: number[] = [];
  for (let i = 0; i < purchases.length; i++) {
    if (!(Number.isInteger(purchases[i]) && purchases[i]! >= 0))
      throw new InputError(
        `fitGammaGamma: purchases must be whole numbers of at least 0, got ${describeValue(purchases[i])} at ${i}`,
      );
    if (purchases[i] === 0) continue;
    if (!(Number.isFinite(meanValue[i]) && meanValue[i]! > 0))
      throw new InputError(
        `fitGammaGamma: meanValue must be above 0 for customers with purchases, got ${describeValue(meanValue[i])} at ${i}. Leave out customers whose refunds exceed their purchases`,
      );
    rows.push(i);
  }
  if (rows.length < 3)
    throw new InputError(
      `fitGammaGamma: purchases must be above 0 for at least 3 customers, got ${rows.length} such`,
    );
  return {
    counts: Float64Array.from(rows, (i) => purchases[i]!),
    means: Float64Array.from(rows, (i) => meanValue[i]!),
  };
}

/** Means spread like those seen, each customer's purchases half as much. */
function startFor(means: Float64Array): readonly [number, number, number] {
  return [2, 3, sum(means) / means.length];
}

/** 0 where either is the same for all: then nothing goes with it. */
function correlationOf(a: Float64Array, b: Float64Array): number {
  const correlation = sampleCorrelation(Array.from(a), Array.from(b));
  return Number.isFinite(correlation) ? correlation : 0;
}
