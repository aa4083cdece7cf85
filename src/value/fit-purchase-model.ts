import { checkChoice } from "../core/check.js";
import type { AnyPurchaseFit } from "./any-purchase-fit.js";
import { fitBgNbd, fitMbgNbd } from "./fit-beta-geometric.js";
import { fitParetoNbd } from "./fit-pareto-nbd.js";
import type { PurchaseHistories } from "./purchase-histories.js";
import type { FitOptions } from "./purchase-model.js";

/** The models of when customers buy and when they stop. */
export type PurchaseModelName = AnyPurchaseFit["model"];

const models: readonly PurchaseModelName[] = ["BG/NBD", "MBG/NBD", "Pareto/NBD"];

/** Fits the model of a name. */
export function fitPurchaseModel(
  model: PurchaseModelName,
  histories: PurchaseHistories,
  options: FitOptions = {},
): AnyPurchaseFit {
  checkChoice("fitPurchaseModel", "model", model, models);
  if (model === "Pareto/NBD") return fitParetoNbd(histories, options);
  return model === "BG/NBD" ? fitBgNbd(histories, options) : fitMbgNbd(histories, options);
}
