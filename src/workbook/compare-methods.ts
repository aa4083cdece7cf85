import { sampleRows } from "../core/sample-rows.js";
import { adjustedRandIndex } from "../validity/adjusted-rand.js";
import { type ClusteringAgreement, compareClusterings } from "../validity/compare-clusterings.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";
import { surveyAnswers } from "./survey-answers.js";
import { type TriedMethod, tryMethods } from "./try-methods.js";

/** What other ways to group the same customers find. */
export interface MethodComparison {
  /** Customers that took part: all, or a seeded sample. */
  readonly customers: number;
  /** Customers that there are. */
  readonly customersInAll: number;
  /** The segments first. */
  readonly methods: readonly ComparedMethod[];
  /** Every pair of those that could be tried; null where there is none. */
  readonly pairs: ClusteringAgreement | null;
}

/** A method beside the segments. */
export interface ComparedMethod extends TriedMethod {
  /** Customers it grouped; 0 where it could not be tried. */
  readonly customers: number;
  /** Rows per group, largest first; empty where it could not be tried. */
  readonly sizes: readonly number[];
  /** Share of starts (0–1) that came as low as the best. */
  readonly hitRate: number;
  /** Adjusted Rand index with the segments, on the customers that both group; null for the segments or if not tried. */
  readonly agreement: number | null;
}

/** Beyond it a sample takes part: some of the methods compare all pairs. */
const mostCompared = 2000;

/**
 * Groups the same customers by every other method that their data allow, into as many groups as there are segments.
 *
 * Methods that agree have found something that does not hang on the method; one that does not looks at something else. Of more
 * than 2,000 customers a seeded sample takes part, in every method alike. About 3 s.
 */
export async function compareMethods(book: Workbook, found: Segmentation): Promise<MethodComparison> {
  const { matrix, clusterCount, fit } = found;
  const { seed } = book.config.segmentation;
  const rows = sampleRows(matrix.rowCount, mostCompared, seed);
  const table = await book.table();
  const survey = await surveyAnswers(
    book,
    Array.from(rows, (row) => table.keys[row]!),
  );
  const segments: TriedMethod = {
    name: "Segments (k-means)",
    groupsBy: "the basis",
    fit,
    labels: Int32Array.from(rows, (row) => fit.labels[row]!),
    notes: fit.notes,
  };
  const others = tryMethods(
    { basis: matrix, table, rows, ...(survey && { survey }) },
    { clusterCount, seed },
  );
  const methods = [segments, ...others].map((method) => compareWith(segments.labels, method));
  const tried = methods.filter(({ customers }) => customers > 1);
  return {
    customers: rows.length,
    customersInAll: matrix.rowCount,
    methods,
    pairs: tried.length > 1 ? compareClusterings(tried) : null,
  };
}

function compareWith(segmentLabels: Int32Array, method: TriedMethod): ComparedMethod {
  const { fit, labels } = method;
  const customers = labels.reduce((sum, label) => sum + Number(label >= 0), 0);
  return {
    ...method,
    customers,
    sizes: fit === undefined ? [] : countSizes(labels, fit.clusterCount),
    hitRate: fit?.hitRate ?? 0,
    agreement: labels === segmentLabels || customers < 2 ? null : adjustedRandIndex(segmentLabels, labels),
  };
}

/** Counted on those who take part: the segments were fitted on more. */
function countSizes(labels: Int32Array, clusterCount: number): readonly number[] {
  const sizes = Array<number>(clusterCount).fill(0);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  return sizes.sort((a, b) => b - a);
}
