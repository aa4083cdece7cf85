import { checkTable, checkTableWithGaps } from "./check-table.js";
import type { TreeCut } from "./cluster-tree.js";
import type { KMedoidsFit } from "./kmedoids-fit.js";
import type { MixedTable } from "./mixed-table.js";
import { matchColumns, nearestPrototypes } from "./nearest-prototype.js";
import type { RowAssignment } from "./row-assignment.js";
import { fillDistances } from "./row-distance.js";

/**
 * The nearest medoid or mean of every row by the fit's own distance. A word that the fit has not seen differs from all
 * that it has; for gower values may be missing. O(nRows · clusterCount · nColumns).
 */
export function assignToPrototypes(given: MixedTable, fit: KMedoidsFit | TreeCut): RowAssignment {
  const { prototypes, measure } = fit;
  const table = matchColumns("assignRows", given, prototypes, { unseenDiffers: true });
  if (measure.distance === "gower") checkTableWithGaps("assignRows", table, prototypes);
  else checkTable("assignRows", table);
  return nearestPrototypes(table.rowCount, prototypes.rowCount, (target, row) =>
    fillDistances(target, measure, { table, from: prototypes, row }),
  );
}
