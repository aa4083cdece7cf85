import { checkMagnitude } from "../cluster/check-table.js";
import { InputError } from "../core/errors.js";
import type { Matrix } from "../core/matrix.js";
import { emptyComponents, prepareComponents } from "./gaussian-components.js";
import type { GaussianMixtureFit } from "./gaussian-fit.js";
import { mixtureLogs } from "./mixture-logs.js";
import type { ModelAssignment } from "./model-fit.js";
import { placeRows } from "./posterior.js";

/** Probabilities of every row under a Gaussian mixture. O(nRows · clusterCount · nColumns²). */
export function assignToMixture(matrix: Matrix, fit: GaussianMixtureFit): ModelAssignment {
  checkMagnitude("assignRows", matrix);
  const columnCount = fit.means[0]!.length;
  if (matrix.columnCount !== columnCount)
    throw new InputError(
      `assignRows: matrix must have the ${columnCount} columns of the fit, got ${matrix.columnCount}`,
    );
  const components = emptyComponents(fit.clusterCount, columnCount, fit.covariance);
  components.weights.set(fit.weights);
  components.means.set(fit.means.flat());
  components.covariances.set(fit.covariances.flat(2));
  prepareComponents(components);
  const { labels, runnersUp, margins, probabilities } = placeRows(mixtureLogs(matrix, components), [
    ...fit.weights.keys(),
  ]);
  return { labels, runnersUp, margins, probabilities };
}
