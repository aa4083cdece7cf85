import type { Matrix } from "../core/matrix.js";
import type { GaussianComponents } from "./gaussian-components.js";
import { fillDifferences, fillLogDensities, openTile, tileRows } from "./gaussian-tile.js";

/** ln(weight · density), shape (nRows, count), of every row under every component. O(nRows · count · nColumns²). */
export function mixtureLogs(matrix: Matrix, components: GaussianComponents): Float64Array {
  const { count } = components;
  const { rowCount } = matrix;
  const tile = openTile(components);
  const logs = new Float64Array(rowCount * count);
  for (let row = 0; row < rowCount; row += tileRows) {
    fillDifferences(tile, components, { matrix, row });
    fillLogDensities(tile, components);
    for (let lane = 0; lane < tileRows && row + lane < rowCount; lane++)
      for (let component = 0; component < count; component++)
        logs[(row + lane) * count + component] = tile.chances[component * tileRows + lane]!;
  }
  return logs;
}
