import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { countText, numberText } from "../core/number-text.js";
import { createRandom } from "../core/random.js";
import { type CountTable, chiSquareStatistic, readCountTable } from "./count-table.js";
import { cramersV } from "./cramers-v.js";
import { drawTable } from "./draw-table.js";
import { type EnumerationPlan, enumerateTables } from "./enumerate-tables.js";
import { logArrangements, logFactorials } from "./log-factorials.js";
import { pValueNotes } from "./result-notes.js";
import { withinReport } from "./tail-probability.js";
import type { IntervalOptions, TestResult } from "./test-result.js";

/** Options of {@link fisherExact}. */
export interface FisherOptions extends IntervalOptions {
  /** Tables drawn where counting them all takes too long; default 20,000. `seed` fixes them. */
  readonly draws?: number;
}

const mostSteps = 2_000_000;
const mostRows = 20_000_000;

/**
 * Tests whether the rows and columns of a table of counts are independent, exactly: right for small counts, and beyond 2 × 2.
 *
 * The p-value is the probability, given the totals, of all tables at most as likely as the observed one. All of them are counted
 * where that takes at most 2 million steps (half a second or so); else it is the share of seeded random tables, (1 + as unlikely) /
 * (1 + drawn), with its standard error in the notes. `statistic` is χ², `degreesOfFreedom` empty. The effect is {@link cramersV}.
 *
 * @param table - Whole counts, shape (nRows, nColumns), rows equally long, at most 20 million in all.
 * @throws InputError if a count is not a whole number of at least 0, rows differ in length, fewer than two rows or columns hold
 * anything, or the counts are too large.
 * @see Fisher (1935), doi:10.2307/2342435; Freeman & Halton (1951), doi:10.1093/biomet/38.1-2.141. Checked against R in
 * test/reference/tests-r.json.
 * @example
 * fisherExact([[3, 1], [1, 3]]).pValue // => 0.485714
 */
export function fisherExact(table: readonly (readonly number[])[], options: FisherOptions = {}): TestResult {
  const { draws = 20_000, seed = 1 } = options;
  checkCount("fisherExact", "draws", draws, 100);
  const counts = readCountTable("fisherExact", table);
  if (counts.total > mostRows)
    throw new InputError(
      `fisherExact: table must count at most ${countText(mostRows)} rows, got ${countText(counts.total)}. chiSquareTest suits such counts`,
    );
  const plan = planOf(counts);
  const counted = enumerateTables(plan);
  const pValue = withinReport(counted ?? drawnP(plan, draws, seed));
  const error = Math.sqrt((pValue * (1 - pValue)) / draws);
  return {
    method: counted === undefined ? "Fisher's exact test, Monte Carlo" : "Fisher's exact test",
    statistic: chiSquareStatistic(counts),
    degreesOfFreedom: [],
    pValue,
    effect: cramersV(table, options),
    notes: [
      ...counts.notes,
      ...(counted === undefined
        ? [
            `p comes from ${countText(draws)} random tables with the same totals, seed ${seed}; standard error ${numberText(error)}.`,
          ]
        : []),
      ...pValueNotes(pValue, counts.total),
    ],
  };
}

/** Turned so that there are no more rows than columns, the largest columns last: the fewest vectors on the way. */
function planOf({ cells, rowTotals, columnTotals, total }: CountTable): EnumerationPlan {
  const logs = logFactorials(total);
  const isTall = rowTotals.length > columnTotals.length;
  const columns = isTall ? cells : columnTotals.map((_, j) => cells.map((row) => row[j]!));
  return {
    rowTotals: isTall ? columnTotals : rowTotals,
    columnTotals: [...(isTall ? rowTotals : columnTotals)].sort((a, b) => a - b),
    logs,
    observed: columns.reduce((sum, column) => sum + logArrangements(column, logs), 0),
    mostSteps,
  };
}

function drawnP(plan: EnumerationPlan, draws: number, seed: number): number {
  const { columnTotals, logs } = plan;
  const random = createRandom(seed);
  const columns = columnTotals.reduce((sum, count) => sum + logs[count]!, 0);
  let asUnlikely = 0;
  for (let draw = 0; draw < draws; draw++) {
    let log = columns;
    drawTable(plan, random, (count) => {
      log -= logs[count]!;
    });
    if (log <= plan.observed + 1e-7) asUnlikely++;
  }
  return (1 + asUnlikely) / (1 + draws);
}
