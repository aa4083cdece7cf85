import { paretoLikelihood } from "./pareto-likelihood.js";
import { countHistories, type PurchaseHistories } from "./purchase-histories.js";
import { type FitOptions, fitPurchases, type PurchaseFit, requireRepeats } from "./purchase-model.js";
import { startOf } from "./start-of.js";

/** Purchases at a rate that is gamma(r, α) over customers, who stop at a rate that is gamma(s, β). */
export type ParetoNbdParameter = "r" | "alpha" | "s" | "beta";

export interface ParetoNbdFit extends PurchaseFit<ParetoNbdParameter> {
  readonly model: "Pareto/NBD";
}

const names: readonly ParetoNbdParameter[] = ["r", "alpha", "s", "beta"];

/**
 * Fits Pareto/NBD: how often customers buy while they are customers, and when they stop, at any time.
 *
 * Maximum likelihood with exact derivatives; 12 to 40 points of quadrature for each distinct history and evaluation, so some
 * twenty times the work of {@link fitBgNbd}.
 *
 * @param histories - One entry per customer; times in any one unit, α and β come in it.
 * @throws InputError if a history cannot be, or nobody bought again.
 * @see Schmittlein, Morrison & Colombo (1987), doi:10.1287/mnsc.33.1.1
 */
export function fitParetoNbd(histories: PurchaseHistories, { start }: FitOptions = {}): ParetoNbdFit {
  const counted = countHistories("fitParetoNbd", histories);
  requireRepeats("fitParetoNbd", histories);
  const fit = fitPurchases(
    {
      model: "Pareto/NBD",
      names,
      likelihoodOf: paretoLikelihood,
      startsFor: (meanObserved) => [
        [1, meanObserved / 2, 1, meanObserved / 2],
        [0.5, meanObserved / 4, 0.3, meanObserved / 8],
      ],
    },
    counted,
    startOf("fitParetoNbd", names, start),
  );
  return { ...fit, model: "Pareto/NBD" };
}
