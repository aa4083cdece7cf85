import { InputError, RunError } from "../core/errors.js";
import { createRandom } from "../core/random.js";
import type { TaskJob } from "../core/shared-tasks.js";
import { drawWithReplacement } from "../validity/draw-resample.js";
import type { LifetimeValues, ValueModels, ValueTerms } from "./customer-lifetime-value.js";
import { expectedPurchases } from "./expected-purchases.js";
import { expectedSpend, fitGammaGamma, type PurchaseValues } from "./fit-gamma-gamma.js";
import { fitPurchaseModel } from "./fit-purchase-model.js";
import type { PurchaseHistories } from "./purchase-histories.js";

/** Customers, the models fitted to them, and how their values are drawn anew. */
export interface RefitInput {
  readonly summary: PurchaseHistories & { readonly values: PurchaseValues };
  readonly models: ValueModels;
  /** What the customers are worth by these models. */
  readonly worth: LifetimeValues;
  readonly terms: Required<ValueTerms>;
  readonly seed: number;
}

export const refitsJob: TaskJob<RefitInput> = { module: import.meta.url, open: openTask };

/**
 * A task per bootstrap fit: the values of all customers under it, or NaN where a model refuses the resample.
 *
 * Purchases and spend are the refit's; when in the horizon the purchases fall, which only the discount hangs on, is that of the fit.
 */
export function openTask(input: RefitInput): (task: number, result: Float64Array) => void {
  const { summary, models, worth, terms, seed } = input;
  const time = terms.horizonDays / terms.daysPerUnit;
  const size = summary.repeats.length;
  return (task, result) => {
    const rows = drawWithReplacement(size, createRandom(seed).fork(task));
    const take = (values: ArrayLike<number>) => Float64Array.from(rows, (row) => values[row]!);
    try {
      const purchases = fitPurchaseModel(
        models.purchases.model,
        {
          repeats: take(summary.repeats),
          lastRepeat: take(summary.lastRepeat),
          observed: take(summary.observed),
        },
        { start: models.purchases.parameters },
      );
      const spend = fitGammaGamma(
        { purchases: take(summary.values.purchases), meanValue: take(summary.values.meanValue) },
        { correlationLimit: 1, start: models.spend.parameters },
      );
      const amounts = expectedSpend(spend, summary.values);
      expectedPurchases(purchases, summary, time).forEach((ahead, i) => {
        const before = worth.purchases[i]! * worth.spend[i]!;
        result[i] = before === 0 ? 0 : (worth.values[i]! * ahead * amounts[i]!) / before;
      });
    } catch (error) {
      // A resample that a model refuses is counted by the caller.
      if (!(error instanceof InputError || error instanceof RunError)) throw error;
      result.fill(Number.NaN);
    }
  };
}
