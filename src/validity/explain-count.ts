import type { Matrix } from "../core/matrix.js";
import { numberText } from "../core/number-text.js";
import type { ComparedCounts } from "./compare-counts.js";
import type { GapStatistic } from "./gap-statistic.js";
import { exactRows } from "./silhouette.js";

/** Why the rule picks its count, with the numbers it compared. */
export function explainGap(gap: GapStatistic): string {
  const { rows, recommendedCount } = gap;
  const at = rows.findIndex(({ count }) => count === recommendedCount);
  const chosen = `${recommendedCount} ${recommendedCount === 1 ? "cluster" : "clusters"}`;
  const next = rows[at + 1];
  if (rows.length === 1) return `${chosen}: no other count could be tried.`;
  if (!gap.ruleMet || next === undefined)
    return `${chosen}: the gap still grows at the highest count tried (${numberText(rows[at]!.gap)}), so the rule is met nowhere; try more.`;
  const first = at === 0 ? "already" : "the first count where";
  return `${chosen}: ${first} the gap (${numberText(rows[at]!.gap)}) is at least that of ${next.count} clusters (${numberText(next.gap)}) less its standard error (${numberText(next.standardError)}).${laterPeak(rows, at)}`;
}

/** A later gap counts as higher when it is so by this many standard errors. */
const clearlyHigher = 4;

/**
 * The rule looks one count ahead. Where several groups lie equally far apart, two clusters are worse than one, and it stops
 * before them: then the reader must hear of the count that it never reached.
 */
function laterPeak(rows: GapStatistic["rows"], at: number): string {
  const peaks = rows.filter(({ gap, standardError }, i) => {
    const next = rows[i + 1];
    const meetsRule = next !== undefined && gap >= next.gap - next.standardError;
    return i > at + 1 && meetsRule && gap - rows[at]!.gap > clearlyHigher * standardError;
  });
  const highest = peaks.reduce<GapStatistic["rows"][number] | undefined>(
    (best, row) => (best !== undefined && best.gap >= row.gap ? best : row),
    undefined,
  );
  if (highest === undefined) return "";
  return ` The gap is higher still at ${highest.count} clusters (${numberText(highest.gap)}), which the rule did not reach: look at that count too.`;
}

/** How the numbers were computed, and what could not be. */
export function describeSearch(
  matrix: Matrix,
  search: {
    readonly counts: readonly [number, number];
    readonly possible: readonly [number, number];
    readonly starts: number;
    readonly compared: ComparedCounts;
  },
): string[] {
  const { compared, counts, possible } = search;
  const { method } = compared.gap;
  const notes = [
    `Gap: ${method.references} data sets without groups, ${method.box}, ${method.power}, ${method.startsPerReference} starts each; the data had ${search.starts}.`,
  ];
  if (method.rowsUsed < matrix.rowCount)
    notes.push(`Gap: computed on a seeded sample of ${method.rowsUsed} of ${matrix.rowCount} rows.`);
  notes.push(...describeResamples(matrix, compared));
  if (matrix.rowCount > exactRows)
    notes.push(
      "Silhouette: the mean over a seeded sample of rows, each compared with all rows, with its standard error. Dunn: not computed, for a sample makes it too high.",
    );
  if (possible[1] < counts[1])
    notes.push(`Counts above ${possible[1]} were not tried: there are only ${possible[1]} different rows.`);
  if (counts[0] > 1) notes.push(`Count 1 was not tried, so the rule could not say that there are no groups.`);
  return notes;
}

function describeResamples(matrix: Matrix, { strength, instability }: ComparedCounts): string[] {
  if (strength === undefined || instability === undefined) return [];
  const { rowsUsed } = strength;
  const rows =
    rowsUsed < matrix.rowCount ? `, on a seeded sample of ${rowsUsed} of ${matrix.rowCount} rows` : "";
  return [
    `Prediction strength: mean of ${strength.splits} splits into halves; instability: mean of ${instability.pairs} pairs of bootstrap samples; ${strength.startsPerHalf} starts each${rows}. Their standard errors are those of these means.`,
  ];
}
