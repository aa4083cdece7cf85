import { checkTable } from "../cluster/check-table.js";
import type { MixedTable } from "../cluster/mixed-table.js";
import type { RowAssignment } from "../cluster/row-assignment.js";
import type { KPrototypesFit } from "./kprototypes-fit.js";
import { matchColumns, nearestPrototypes } from "./nearest-prototype.js";
import { lossesOf, prototypeProblem } from "./prototype-loss.js";

/** The prototype with the least loss for every row; distances are roots of losses. O(nRows · clusterCount · nColumns). */
export function assignToMixedPrototypes(given: MixedTable, fit: KPrototypesFit): RowAssignment {
  checkTable("assignRows", given);
  const table = matchColumns("assignRows", given, fit.prototypes, { unseenDiffers: true });
  const problem = prototypeProblem(table, fit.gamma);
  const { numbers, codes } = prototypeProblem(fit.prototypes, fit.gamma);
  const { total } = lossesOf(problem, { means: numbers, modes: codes });
  const nearest = nearestPrototypes(table.rowCount, fit.clusterCount, (target, cluster) => {
    for (let i = 0; i < target.length; i++) target[i] = total(i, cluster);
  });
  // Compared as losses, told as distances: roots could tie where losses do not.
  return {
    ...nearest,
    distances: nearest.distances.map(Math.sqrt),
    margins: nearest.margins.map((margin) => 1 - Math.sqrt(1 - margin)),
  };
}
