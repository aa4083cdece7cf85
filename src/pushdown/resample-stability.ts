import { matrixOfColumns } from "../core/matrix.js";
import { numberColumn } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { fitKMeans } from "../kmeans/kmeans.js";
import { bestJaccards } from "../validity/overlap-table.js";
import { hashSql, poissonSql } from "./hash-sql.js";
import { columnNames, type IntegerCentres, type LatticeTable, labelledSql } from "./kmeans-sql.js";
import { createTable, dropTable, type PushdownEngine } from "./pushdown-engine.js";
import { runKMeans } from "./run-kmeans.js";

/** How well the segments of an engine come back when its customers are drawn anew. */
export interface PushedStability {
  /** Mean over the resamples of each segment's Jaccard overlap with the most alike cluster, 0…1. */
  readonly jaccards: readonly number[];
  readonly resamples: number;
}

export interface ResampleOptions {
  readonly centres: IntegerCentres;
  readonly resamples: number;
  readonly seed: number;
  /** Customers on which the starts of a resample are compared. */
  readonly sampleSize: number;
  readonly starts: number;
  /** Name of the table that holds one resample at a time. */
  readonly scratch: string;
  readonly onResample?: (done: number) => void;
}

const latticeStep = 2 ** -20;

/**
 * Stability by the bootstrap on the engine: each resample counts a customer by a Poisson number of mean 1 made from a hash of
 * the key, finds clusters of its own from starts of its own, and all customers are placed by both.
 *
 * The same resamples on every engine. Per resample one table of the drawn rows, its passes, and one scan of all rows.
 *
 * @see Hennig (2007), doi:10.1016/j.csda.2006.11.025; Chamandy et al. (2012), Estimating uncertainty for massive data streams.
 */
export async function resampleStability(
  engine: PushdownEngine,
  table: LatticeTable,
  options: ResampleOptions,
): Promise<PushedStability> {
  const { centres, resamples, scratch } = options;
  const sums = centres.map(() => 0);
  try {
    for (let resample = 0; resample < resamples; resample++) {
      const drawn = await drawResample(engine, table, { ...options, resample });
      const found = await runKMeans(engine, drawn, {
        centres: await seedResample(engine, drawn, { ...options, resample }),
        maxPasses: 100,
      });
      const jaccards = await compareCentres(engine, table, { before: centres, after: found.centres });
      jaccards.forEach((jaccard, segment) => {
        sums[segment]! += jaccard;
      });
      options.onResample?.(resample + 1);
    }
  } finally {
    await dropTable(engine, scratch);
  }
  return { jaccards: sums.map((sum) => sum / resamples), resamples };
}

type OneResample = ResampleOptions & { readonly resample: number };

async function drawResample(
  engine: PushdownEngine,
  { from, columnCount }: LatticeTable,
  { scratch, seed, resample }: OneResample,
): Promise<LatticeTable> {
  const columns = columnNames(columnCount).join(", ");
  const hash = hashSql("customer_id", `resample:${seed}:${resample}`, engine.dialect);
  const hashed = `SELECT customer_id, ${columns}, ${hash} AS hash FROM ${from}`;
  const weighed = `SELECT customer_id, ${columns}, CAST(${poissonSql("hash")} AS BIGINT) AS draws FROM (${hashed}) AS hashed`;
  await createTable(
    engine,
    scratch,
    `SELECT customer_id, ${columns}, draws FROM (${weighed}) AS weighed WHERE draws > 0`,
  );
  return { from: quoteIdentifier(scratch, engine.dialect), columnCount, weight: "draws" };
}

/** Centres of the best of several starts on a sample of the resample. */
async function seedResample(
  engine: PushdownEngine,
  { from, columnCount }: LatticeTable,
  { centres, sampleSize, starts, seed, resample }: OneResample,
): Promise<IntegerCentres> {
  const names = columnNames(columnCount);
  const hash = hashSql("customer_id", `start:${seed}:${resample}`, engine.dialect);
  const hashed = `SELECT ${names.join(", ")}, draws, customer_id, ${hash} AS hash FROM ${from}`;
  const rows = await engine.columns(
    `SELECT ${names.join(", ")}, draws FROM (${hashed}) AS hashed ORDER BY hash, customer_id LIMIT ${sampleSize}`,
  );
  const columns = names.map((name) => numberColumn(rows, name).map((value) => value * latticeStep));
  const fit = fitKMeans(matrixOfColumns(names, columns), {
    clusterCount: centres.length,
    starts,
    seed: seed + resample,
    caseWeights: numberColumn(rows, "draws"),
  });
  return fit.centres.map((centre) => centre.map((value) => value / latticeStep));
}

/** Best Jaccard overlap of each cluster before, with all customers placed by both sets of centres. */
async function compareCentres(
  engine: PushdownEngine,
  table: LatticeTable,
  { before, after }: { readonly before: IntegerCentres; readonly after: IntegerCentres },
): Promise<readonly number[]> {
  const columns = columnNames(table.columnCount).join(", ");
  const first = `SELECT ${columns}, label AS segment FROM (${labelledSql(table, before)}) AS first_labels`;
  const both = labelledSql({ from: `(${first}) AS segmented`, columnCount: table.columnCount }, after, {
    kept: ["segment"],
  });
  const rows = await engine.rows(
    `SELECT segment, label, COUNT(*) AS n FROM (${both}) AS both_labels GROUP BY segment, label`,
  );
  const shared = new Float64Array(before.length * after.length);
  const sizesBefore = new Float64Array(before.length);
  const sizesAfter = new Float64Array(after.length);
  for (const row of rows) {
    const [a, b, n] = ["segment", "label", "n"].map((name) => Number(row.get(name))) as [
      number,
      number,
      number,
    ];
    shared[a * after.length + b]! += n;
    sizesBefore[a]! += n;
    sizesAfter[b]! += n;
  }
  const rowCount = sizesBefore.reduce((sum, size) => sum + size, 0);
  return bestJaccards({ rowCount, shared, sizesBefore, sizesAfter });
}
