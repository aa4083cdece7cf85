import { type CountTable, degreesOfTable, readCountTable, smallCountsText } from "./count-table.js";
import { cramersV } from "./cramers-v.js";
import { pValueNotes } from "./result-notes.js";
import { chiSquareUpperTail } from "./tail-probability.js";
import type { IntervalOptions, TestResult } from "./test-result.js";

/** A statistic that follows χ² where rows and columns are independent and counts are not small. */
export interface CountStatistic {
  readonly caller: string;
  readonly method: string;
  readonly statisticOf: (counts: CountTable) => number;
  /** What to know and do where expected counts are small. */
  readonly whenSmall: string;
}

/** Tests independence in a table of counts by such a statistic. */
export function testCountTable(
  table: readonly (readonly number[])[],
  { caller, method, statisticOf, whenSmall }: CountStatistic,
  options: IntervalOptions,
): TestResult {
  const counts = readCountTable(caller, table);
  const degrees = degreesOfTable(caller, counts);
  const statistic = statisticOf(counts);
  const pValue = chiSquareUpperTail(statistic, degrees);
  const small = smallCountsText(counts);
  return {
    method,
    statistic,
    degreesOfFreedom: [degrees],
    pValue,
    effect: cramersV(table, options),
    notes: [
      ...counts.notes,
      ...(small === undefined ? [] : [`${small}: ${whenSmall}`]),
      ...pValueNotes(pValue, counts.total),
    ],
  };
}
