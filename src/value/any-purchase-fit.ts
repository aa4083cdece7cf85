import type { BgNbdFit, MbgNbdFit } from "./fit-beta-geometric.js";
import type { ParetoNbdFit } from "./fit-pareto-nbd.js";

/** Any of the models of when customers buy. */
export type AnyPurchaseFit = BgNbdFit | MbgNbdFit | ParetoNbdFit;
