import { createRandom } from "../core/random.js";
import type { TaskJob } from "../core/shared-tasks.js";
import { drawWithReplacement } from "../validity/draw-resample.js";
import { customerLifetimeValue, type ValueModels, type ValueTerms } from "./customer-lifetime-value.js";
import { fitGammaGamma, type PurchaseValues } from "./fit-gamma-gamma.js";
import { fitPurchaseModel } from "./fit-purchase-model.js";
import type { PurchaseHistories } from "./purchase-histories.js";

/** Customers, the models fitted to them, and how their values are drawn anew. */
export interface RefitInput {
  readonly summary: PurchaseHistories & { readonly values: PurchaseValues };
  readonly models: ValueModels;
  readonly terms: Required<ValueTerms>;
  readonly seed: number;
}

export const refitsJob: TaskJob<RefitInput> = { module: import.meta.url, open: openTask };

/** A task per bootstrap fit: the values of all customers under it, or NaN where a model refuses the resample. */
export function openTask(input: RefitInput): (task: number, result: Float64Array) => void {
  const { summary, models, terms, seed } = input;
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
      result.set(customerLifetimeValue({ purchases, spend }, summary, terms).values);
    } catch {
      // A resample that a model cannot be fitted to is counted by the caller.
      result.fill(Number.NaN);
    }
  };
}
