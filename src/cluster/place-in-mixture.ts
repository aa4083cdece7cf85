import type { Matrix } from "../core/matrix.js";
import { fillLogDensities, type GaussianComponents } from "./gaussian-components.js";
import { type Placement, placeRows } from "./posterior.js";

/** Every row's probabilities under components. O(nRows · count · nColumns²). */
export function placeInMixture(matrix: Matrix, components: GaussianComponents): Placement {
  const { count, columnCount } = components;
  const scratch = { differences: new Float64Array(count * columnCount) };
  return placeRows(matrix.rowCount, count, (target, row) =>
    fillLogDensities(target, components, { values: matrix.values, row, scratch }),
  );
}
