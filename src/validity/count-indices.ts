/** A measure of a number of clusters: what tables, figures and prose say about it. */
export interface CountIndex {
  /** Where its values are in a `ClusterCountRow`. */
  readonly name: CountIndexName;
  /** Where its standard errors are, if it is an estimate. */
  readonly errorName?: CountErrorName;
  readonly label: string;
  /** All values it can take, in words. */
  readonly range: string;
  readonly direction: "higher" | "lower";
  /** Decimals shown; absent: three significant digits. */
  readonly digits?: number;
  /** What it says, in a sentence. */
  readonly meaning: string;
}

/** The measures of a `ClusterCountRow`. */
export type CountIndexName =
  | "gap"
  | "predictionStrength"
  | "instability"
  | "silhouette"
  | "calinskiHarabasz"
  | "daviesBouldin"
  | "dunn"
  | "bic"
  | "icl"
  | "inertia"
  | "hitRate";

/** The standard errors of a `ClusterCountRow`. */
export type CountErrorName =
  | "gapStandardError"
  | "predictionStrengthStandardError"
  | "instabilityStandardError"
  | "silhouetteStandardError";

/**
 * Every index of a count, the one that decides first. They are shown side by side and never put to a vote: most
 * measure nearly the same, so a majority of them is no evidence.
 */
export const countIndices: readonly CountIndex[] = [
  {
    name: "gap",
    errorName: "gapStandardError",
    label: "Gap",
    range: "any number",
    direction: "higher",
    digits: 3,
    meaning: "How much tighter than in data without groups; the declared rule reads it.",
  },
  {
    name: "predictionStrength",
    errorName: "predictionStrengthStandardError",
    label: "Prediction strength",
    range: "0 to 1",
    direction: "higher",
    digits: 2,
    meaning: "Pairs that the other half's centres keep together, in the worst cluster; good from 0.8 on.",
  },
  {
    name: "instability",
    errorName: "instabilityStandardError",
    label: "Bootstrap instability",
    range: "0 to 1.5",
    direction: "lower",
    digits: 3,
    meaning: "How unlike two solutions from customers drawn anew are; 1 is no better than chance.",
  },
  {
    name: "silhouette",
    errorName: "silhouetteStandardError",
    label: "Mean silhouette",
    range: "−1 to 1",
    direction: "higher",
    digits: 3,
    meaning: "How much closer customers are to their own cluster than to the next.",
  },
  {
    name: "calinskiHarabasz",
    label: "Calinski–Harabasz",
    range: "0 upwards",
    direction: "higher",
    meaning: "Spread between clusters over spread inside them.",
  },
  {
    name: "daviesBouldin",
    label: "Davies–Bouldin",
    range: "0 upwards",
    direction: "lower",
    digits: 3,
    meaning: "How alike each cluster is to the one it is most alike to.",
  },
  {
    name: "dunn",
    label: "Dunn",
    range: "0 upwards",
    direction: "higher",
    digits: 3,
    meaning:
      "Closest pair of different clusters over the widest pair within one; a single outlier decides it.",
  },
  {
    name: "bic",
    label: "BIC of the mixture",
    range: "any number",
    direction: "lower",
    digits: 0,
    meaning: "−2 · log-likelihood of a Gaussian mixture plus its parameters · ln(rows).",
  },
  {
    name: "icl",
    label: "ICL of the mixture",
    range: "any number",
    direction: "lower",
    digits: 0,
    meaning: "The BIC plus a cost for customers whose cluster is undecided.",
  },
  {
    name: "inertia",
    label: "Inertia, which falls with every count",
    range: "0 upwards",
    direction: "lower",
    meaning:
      "Sum of squared distances to the nearest centre; it falls with every further cluster, groups or not.",
  },
  {
    name: "hitRate",
    label: "Hit rate",
    range: "0 to 1",
    direction: "higher",
    digits: 2,
    meaning:
      "Share of starts within 0.1 % of the best; it tells how surely the best was found, not how good it is.",
  },
];
