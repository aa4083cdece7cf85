import { checkCount, checkNumber } from "../core/check.js";
import { RunError } from "../core/errors.js";
import { numberText } from "../core/number-text.js";
import type { Progress } from "../core/progress.js";
import { shareTasks } from "../core/shared-tasks.js";
import { quantileOf } from "../verdict/separation.js";
import {
  checkTerms,
  customerLifetimeValue,
  type LifetimeValues,
  type ValueModels,
  type ValueTerms,
} from "./customer-lifetime-value.js";
import { fitGammaGamma } from "./fit-gamma-gamma.js";
import { fitPurchaseModel, type PurchaseModelName } from "./fit-purchase-model.js";
import { probabilityAlive } from "./probability-alive.js";
import { type RefitInput, refitsJob } from "./refit-values.js";
import type { PurchaseSummary } from "./summarize-purchases.js";

/** How customers are valued: the terms of the money, the model, and how its uncertainty is drawn. */
export interface ValueOptions extends ValueTerms {
  /** Default MBG/NBD, which lets who bought once stop too. */
  readonly model?: PurchaseModelName;
  /** Bootstrap fits behind the intervals; default 200. */
  readonly fits?: number;
  readonly seed: number;
  /** Share of such intervals that hold the expected value; default 0.9. */
  readonly level?: number;
  /** See fitGammaGamma; default 0.3. */
  readonly correlationLimit?: number;
  readonly threads?: number | undefined;
  /** Called between fits. An error in it stops the work. */
  readonly onProgress?: (progress: Progress) => void;
}

/** What customers are worth ahead, how sure that is, and the models behind; entry i is customer i of the summary. */
export interface CustomerValuation extends LifetimeValues {
  readonly keys: readonly string[];
  readonly terms: Required<ValueTerms>;
  readonly models: ValueModels;
  /** 0…1. */
  readonly alive: Float64Array;
  /** Percentile bootstrap of the expected value: how far it would move with other customers, not what a customer will spend. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly level: number;
  /** Values under each bootstrap fit, (fits, customers) row by row: for intervals of sums. */
  readonly refits: Float64Array;
  readonly fits: number;
  readonly notes: readonly string[];
}

/** Most numbers that the refits may take together: 400 MB. */
const mostRefitted = 5e7;

/**
 * Values customers ahead with intervals: fits when they buy and what they spend, then refits both to resampled customers.
 *
 * Refits start from the parameters of the fit. O(fits · distinct histories · evaluations); 4,000 customers
 * and 200 fits take seconds. Same seed, same bytes for any number of threads.
 *
 * @throws InputError if a term is out of range, customers × fits exceed 50 million, or a model refuses the data; RunError if more
 * than one refit in twenty fails.
 * @see customerLifetimeValue, fitMbgNbd, fitGammaGamma; Efron & Tibshirani (1993), doi:10.1201/9780429246593, section 13.3
 */
export function valueCustomers(summary: PurchaseSummary, options: ValueOptions): CustomerValuation {
  const { model = "MBG/NBD", fits = 200, seed, level = 0.9, correlationLimit, threads, onProgress } = options;
  const terms = checkTerms(options);
  const size = summary.keys.length;
  checkCount("valueCustomers", "fits", fits, 20, Math.floor(mostRefitted / size), "50 million values");
  checkCount("valueCustomers", "seed", seed, 0);
  checkNumber("valueCustomers", "level", level, 0.5, 0.999);
  const models: ValueModels = {
    purchases: fitPurchaseModel(model, summary),
    spend: fitGammaGamma(summary.values, correlationLimit === undefined ? {} : { correlationLimit }),
  };
  const worth = customerLifetimeValue(models, summary, terms);
  const { repeats, lastRepeat, observed, values: amounts } = summary;
  const input: RefitInput = {
    summary: { repeats, lastRepeat, observed, values: amounts },
    models,
    worth,
    terms,
    seed,
  };
  const all = shareTasks(refitsJob, { input, taskCount: fits, resultLength: size, threads, onProgress });
  const { refits, kept } = withoutFailed(all, size, fits);
  return {
    keys: summary.keys,
    terms,
    models,
    ...worth,
    alive: probabilityAlive(models.purchases, summary),
    ...percentiles(refits, size, level),
    level,
    refits,
    fits: kept,
    notes: notesOn(models, fits - kept),
  };
}

/** The refits that worked, one after the other. */
function withoutFailed(
  all: Float64Array,
  size: number,
  fits: number,
): { readonly refits: Float64Array; readonly kept: number } {
  const works = Array.from({ length: fits }, (_, i) => i).filter((i) => !Number.isNaN(all[i * size]!));
  if (works.length < 0.95 * fits)
    throw new RunError(
      `valueCustomers: refits must work on resampled customers, got ${fits - works.length} of ${fits} that did not. The data hardly fix the models: take a longer window`,
    );
  if (works.length === fits) return { refits: all, kept: fits };
  const refits = new Float64Array(works.length * size);
  works.forEach((i, to) => {
    refits.set(all.subarray(i * size, (i + 1) * size), to * size);
  });
  return { refits, kept: works.length };
}

function percentiles(
  refits: Float64Array,
  size: number,
  level: number,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const own = new Float64Array(refits.length / size);
  const low = new Float64Array(size);
  const high = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let fit = 0; fit < own.length; fit++) own[fit] = refits[fit * size + i]!;
    own.sort();
    low[i] = quantileOf(own, (1 - level) / 2);
    high[i] = quantileOf(own, (1 + level) / 2);
  }
  return { low, high };
}

function notesOn({ purchases, spend }: ValueModels, failed: number): string[] {
  const share = purchases.oneTimeBuyers / purchases.customers;
  const treated =
    purchases.model === "BG/NBD"
      ? "the model takes them all for alive"
      : "the model lets them stop after the first purchase";
  return [
    ...purchases.notes,
    ...spend.notes,
    ...(purchases.oneTimeBuyers === 0
      ? []
      : [
          `${purchases.oneTimeBuyers} of ${purchases.customers} customers (${numberText(100 * share)} %) bought once: ${treated}, and their spend is that of the average repeat purchase.`,
        ]),
    ...(failed === 0 ? [] : [`${failed} refits could not be fitted and are left out of the intervals.`]),
  ];
}
