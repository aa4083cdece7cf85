import { statSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../core/write-atomic.js";
import { csvCell } from "../segments/write-assignments.js";
import { saveList } from "../value/value-by-segment.js";
import type { WorkbookValue } from "./value-segments.js";
import type { WrittenFile } from "./write-run-files.js";

/**
 * Writes what single customers are worth into a folder: `values.csv`, a line per valued customer, and `save-list.csv`, those with more at
 * stake than keeping them costs, most first. Both name customers and stay in the house.
 *
 * @param folder - Made if it is not there; empty: nothing is written.
 * @returns The files, or none.
 */
export function writeValues(value: WorkbookValue, folder: string): readonly WrittenFile[] {
  if (folder === "") return [];
  const { summary, valuation, labels, segments, config } = value;
  const keyOf = (row: number): string => segments[labels[row]!]?.key ?? "unassigned";
  const values = [
    "customer_id,segment,expected_purchases,alive,value,value_low,value_high",
    ...summary.keys.map((key, i) =>
      [
        csvCell(key),
        keyOf(i),
        ...[valuation.purchases, valuation.alive, valuation.values, valuation.low, valuation.high].map(
          (column) => column[i]!.toFixed(4),
        ),
      ].join(","),
    ),
  ];
  const saved = [
    "customer_id,segment,alive,value_if_kept,at_most_to_pay",
    ...saveList(valuation, labels, segments, config.savingCost ?? 0).map(
      ({ key, segment, alive, valueIfAlive, atStake }) =>
        [csvCell(key), segment, alive.toFixed(4), valueIfAlive.toFixed(2), atStake.toFixed(2)].join(","),
    ),
  ];
  return [
    ["values.csv", values],
    ["save-list.csv", saved],
  ].map(([name, lines]) => {
    const path = join(folder, name as string);
    writeFileAtomic(path, `${(lines as readonly string[]).join("\n")}\n`);
    return { name: name as string, bytes: statSync(path).size };
  });
}
