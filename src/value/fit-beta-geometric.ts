import { betaGeometricLikelihood } from "./beta-geometric-likelihood.js";
import { countHistories, type PurchaseHistories } from "./purchase-histories.js";
import { type FitOptions, fitPurchases, type PurchaseFit, requireRepeats } from "./purchase-model.js";
import { startOf } from "./start-of.js";

/** Purchases at a rate that is gamma(r, α) over customers; after each a customer stops with a chance that is beta(a, b). */
export type BetaGeometricParameter = "r" | "alpha" | "a" | "b";

export interface BgNbdFit extends PurchaseFit<BetaGeometricParameter> {
  readonly model: "BG/NBD";
}

export interface MbgNbdFit extends PurchaseFit<BetaGeometricParameter> {
  readonly model: "MBG/NBD";
}

const names: readonly BetaGeometricParameter[] = ["r", "alpha", "a", "b"];

/**
 * Fits BG/NBD: how often customers buy while they are customers, and how likely each stops after a purchase.
 *
 * Maximum likelihood with exact derivatives. A customer who bought once is alive for sure in this model; {@link fitMbgNbd} and
 * fitParetoNbd do not assume that. O(distinct histories) per evaluation, some 40 evaluations.
 *
 * @param histories - One entry per customer; times in any one unit, α comes in it.
 * @throws InputError if a history cannot be, or nobody bought again.
 * @see Fader, Hardie & Lee (2005), doi:10.1287/mksc.1040.0098
 */
export function fitBgNbd(histories: PurchaseHistories, options: FitOptions = {}): BgNbdFit {
  return { ...fit("fitBgNbd", histories, options), model: "BG/NBD" };
}

/**
 * Fits MBG/NBD: as BG/NBD, but a customer may also stop right after the first purchase.
 *
 * Maximum likelihood with exact derivatives. O(distinct histories) per evaluation, some 40 evaluations.
 *
 * @param histories - One entry per customer; times in any one unit, α comes in it.
 * @throws InputError if a history cannot be, or nobody bought again.
 * @see Batislam, Denizel & Filiztekin (2007), doi:10.1016/j.ijresmar.2006.12.005
 */
export function fitMbgNbd(histories: PurchaseHistories, options: FitOptions = {}): MbgNbdFit {
  return { ...fit("fitMbgNbd", histories, options), model: "MBG/NBD" };
}

function fit(
  caller: "fitBgNbd" | "fitMbgNbd",
  histories: PurchaseHistories,
  { start }: FitOptions,
): PurchaseFit<BetaGeometricParameter> {
  const counted = countHistories(caller, histories);
  requireRepeats(caller, histories);
  const mayStopAtOnce = caller === "fitMbgNbd";
  return fitPurchases(
    {
      model: mayStopAtOnce ? "MBG/NBD" : "BG/NBD",
      names,
      likelihoodOf: (counts) => betaGeometricLikelihood(counts, mayStopAtOnce),
      startsFor: (meanObserved) => [
        [1, meanObserved / 2, 1, 2],
        [0.3, meanObserved / 8, 0.5, 4],
      ],
    },
    counted,
    startOf(caller, names, start),
  );
}
