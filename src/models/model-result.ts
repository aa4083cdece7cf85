import { restoreOrder } from "../cluster/canonical-order.js";
import type { CanonicalTable } from "../cluster/canonical-table.js";
import type { Climb } from "./climb.js";
import type { ModelFit } from "./model-fit.js";
import { type Placement, restoreRows } from "./posterior.js";

/** What every model says of its rows, at the places where they were given, and of its likelihood. */
export function describeModel(
  placed: Placement,
  { order }: CanonicalTable,
  { sizes, parameterCount }: Pick<ModelFit, "sizes" | "parameterCount">,
): Pick<
  ModelFit,
  | "clusterCount"
  | "labels"
  | "sizes"
  | "probabilities"
  | "logLikelihood"
  | "objective"
  | "parameterCount"
  | "bic"
> {
  const { logLikelihood } = placed;
  return {
    clusterCount: sizes.length,
    labels: restoreOrder(placed.labels, order),
    sizes,
    probabilities: restoreRows(placed.probabilities, order),
    logLikelihood,
    objective: -logLikelihood,
    parameterCount,
    bic: parameterCount * Math.log(order.length) - 2 * logLikelihood,
  };
}

/** How the best start came to its end, and how many of the starts came as high. */
export function describeClimb(
  { iterations, converged }: Climb,
  hits: number,
  starts: number,
): Pick<ModelFit, "iterations" | "converged" | "starts" | "hitRate"> {
  return { iterations, converged, starts, hitRate: hits / starts };
}

/** The note on a best start that met the limit of iterations, or none. */
export function describeStop({ iterations, converged }: Climb): string[] {
  return converged
    ? []
    : [
        `The best start was stopped after ${iterations} iteration${iterations === 1 ? "" : "s"}, while its likelihood still rose.`,
      ];
}
