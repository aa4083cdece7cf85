import { checkTable, checkTableWithGaps } from "../cluster/check-table.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import type { RowAssignment } from "../cluster/row-assignment.js";
import { fillDistances } from "../cluster/row-distance.js";
import type { TreeCut } from "./cluster-tree.js";
import type { KMedoidsFit } from "./kmedoids-fit.js";
import { matchColumns, nearestPrototypes } from "./nearest-prototype.js";

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
