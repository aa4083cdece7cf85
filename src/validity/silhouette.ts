import { checkCount } from "../core/check.js";
import type { Matrix } from "../core/matrix.js";
import { sampleRows } from "../core/sample-rows.js";
import { shareTasks } from "../core/shared-tasks.js";
import { packRows } from "./distance-sums.js";
import { blockRows, type LabelBlocks } from "./label-blocks.js";
import { takeLabelledRows } from "./labelled-rows.js";
import { openTask, type SilhouetteInput } from "./silhouette-task.js";

/** A mean silhouette, and how far it may be off where it was estimated from a sample. */
export interface SilhouetteEstimate {
  /** −1…1. */
  readonly value: number;
  /** Standard error of `value`; 0 where every row was used. */
  readonly standardError: number;
  /** Whether every row was used. */
  readonly exact: boolean;
  /** Rows whose silhouette was computed, each against all rows. */
  readonly rowsUsed: number;
}

/** Up to here every row is used. */
export const exactRows: number = 20_000;
/** Pairs of rows that an estimate may compare, unless `sample` says how many rows to draw. */
const pairBudget = 2e8;
const smallestSample = 200;

/**
 * Silhouette of each row: how much closer it is to its own cluster than to the next.
 *
 * Range −1…1, higher is better, unit-free; near 0 on a border, below 0 likely misplaced.
 * (b − a) / max(a, b), a = mean distance to the others of its cluster, b = smallest mean distance to another cluster.
 * A row alone in its cluster, or at distance 0 from both, counts 0; a row labelled −1 gets NaN and is left out of all others'.
 * Time O(nRows² · nColumns), memory O(nRows).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1, −1 for none.
 * @returns Shape (nRows,).
 * @throws InputError if there are fewer than 2 clusters, a number is unused, lengths differ, or a value is not finite.
 * @see Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7. Checked against scikit-learn in test/reference/indices.json.
 */
export function silhouetteSamples(matrix: Matrix, labels: ArrayLike<number>): Float64Array {
  const labelled = takeLabelledRows("silhouetteSamples", matrix, labels);
  const [values] = silhouettesOf(labelled.matrix, [labelled.labels]);
  if (labelled.matrix === matrix) return values!;
  let next = 0;
  return Float64Array.from(labels, (label) => (label < 0 ? Number.NaN : values![next++]!));
}

/**
 * Mean silhouette of a grouping: how much closer rows are to their own cluster than to the next.
 *
 * Range −1…1, higher is better. Exact up to 20,000 rows (about 1 s for 8 columns on two cores); above that the mean over rows drawn with the seed, each
 * compared with all rows, so unbiased, with its standard error. Time O(rows used · nRows · nColumns).
 *
 * @param matrix - Shape (nRows, nColumns); scale columns first. No missing values.
 * @param labels - Shape (nRows,), 0…clusterCount − 1; rows labelled −1 are left out.
 * @param options - `seed` of the sample; `sample`: rows to draw, if not given as many as 2 · 10^8 comparisons allow, at least 200.
 * @throws InputError as {@link silhouetteSamples}.
 * @see Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7. Checked against scikit-learn in test/reference/indices.json.
 * @example
 * meanSilhouette(matrixOf({ x: [0, 1, 10, 11] }), [0, 0, 1, 1], { seed: 1 }).value // => 0.89975 (to 5 decimals)
 */
export function meanSilhouette(
  matrix: Matrix,
  labels: ArrayLike<number>,
  options: { readonly seed: number; readonly sample?: number },
): SilhouetteEstimate {
  const labelled = takeLabelledRows("meanSilhouette", matrix, labels);
  return meanSilhouettes(labelled.matrix, [labelled.labels], options)[0]!;
}

/** {@link meanSilhouette} of several groupings of the same rows, on the same sample; distances are computed once. */
export function meanSilhouettes(
  matrix: Matrix,
  labelings: readonly Int32Array[],
  options: { readonly seed: number; readonly sample?: number },
): readonly SilhouetteEstimate[] {
  const { rowCount } = matrix;
  const affordable = Math.max(smallestSample, Math.floor(pairBudget / rowCount));
  const wanted = options.sample ?? (rowCount <= exactRows ? rowCount : affordable);
  checkCount("meanSilhouette", "sample", wanted, 2);
  const drawn = wanted < rowCount ? sampleRows(rowCount, wanted, options.seed) : undefined;
  return silhouettesOf(matrix, labelings, drawn).map((values) => estimateMean(values, rowCount));
}

function estimateMean(values: Float64Array, rowCount: number): SilhouetteEstimate {
  const rowsUsed = values.length;
  const value = values.reduce((sum, s) => sum + s, 0) / rowsUsed;
  if (rowsUsed === rowCount) return { value, standardError: 0, exact: true, rowsUsed };
  const variance = values.reduce((sum, s) => sum + (s - value) ** 2, 0) / (rowsUsed - 1);
  const unseen = 1 - rowsUsed / rowCount;
  return { value, standardError: Math.sqrt((variance / rowsUsed) * unseen), exact: false, rowsUsed };
}

/** Tasks that the rows are parted into. */
const mostTasks = 64;
/** Pairs of rows times columns below which starting threads costs more than they save. */
const workWorthThreads = 5e7;

/** Silhouettes of all rows, or of the given ones, under each labelling: one array per labelling. */
function silhouettesOf(matrix: Matrix, labelings: readonly Int32Array[], drawn?: Int32Array): Float64Array[] {
  const blocks = blockRows(matrix, labelings);
  const { labels, sizes, columnCount, rowCount } = blocks;
  const wanted = placeRows(blocks, drawn);
  const count = wanted.rows.length;
  // An even number, for the kernel takes rows two by two.
  const rowsPerTask = Math.ceil(count / mostTasks / 2) * 2;
  const taskCount = Math.ceil(count / rowsPerTask);
  const isSmall = count * rowCount * columnCount < workWorthThreads;
  const input = { packed: packRows(blocks, taskCount), ...wanted, rowsPerTask, labels, sizes };
  const job = { module: new URL("./silhouette-task.js", import.meta.url).href, open: openTask };
  const resultLength = rowsPerTask * labelings.length;
  const values = shareTasks(job, { input, taskCount, resultLength, ...(isSmall && { threads: 1 }) });
  return labelings.map((_, which) =>
    Float64Array.from({ length: count }, (_, at) => values[at * labelings.length + which]!),
  );
}

/** Rows (all if not given) by their number in block order, and their blocks. */
function placeRows(
  { order, starts }: LabelBlocks,
  drawn: Int32Array | undefined,
): Pick<SilhouetteInput, "rows" | "blocks"> {
  const places = new Int32Array(order.length);
  order.forEach((row, place) => {
    places[row] = place;
  });
  const rows = drawn === undefined ? places : drawn.map((row) => places[row]!);
  const blockOf = new Int32Array(order.length);
  for (let block = 0; block + 1 < starts.length; block++)
    blockOf.fill(block, starts[block], starts[block + 1]);
  return { rows, blocks: rows.map((place) => blockOf[place]!) };
}
