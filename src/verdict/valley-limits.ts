/**
 * Valleys that data without groups show by chance, by rows and columns.
 *
 * Made once, from drawn sets: `normal` is the 2 % point of the valley between the halves of the best 2-split of one
 * spherical normal cloud (the smaller of both routes' points), `flat` the 5 % point of the valley at the best cut of an even
 * column, the shape without groups that comes nearest to a gap. They are points of simulated distributions: the last of
 * their three digits is noise.
 */
const rows: readonly number[] = [30, 50, 75, 110, 150, 250, 500, 1000, 2000, 4000];
const columns: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 16];
const normal: readonly (readonly number[])[] = [
  [0.561, 0.372, 0.269, 0.199, 0.095, 0.049, 0.01, 0.002],
  [0.727, 0.569, 0.457, 0.398, 0.297, 0.211, 0.105, 0.052],
  [0.801, 0.701, 0.585, 0.53, 0.38, 0.351, 0.239, 0.192],
  [0.844, 0.733, 0.67, 0.629, 0.503, 0.442, 0.379, 0.289],
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: a simulated figure that happens to look like one
  [0.894, 0.78, 0.738, 0.684, 0.597, 0.556, 0.434, 0.385],
  [0.924, 0.843, 0.79, 0.747, 0.719, 0.654, 0.589, 0.504],
  [0.936, 0.883, 0.839, 0.829, 0.808, 0.765, 0.708, 0.669],
  [0.957, 0.926, 0.902, 0.887, 0.859, 0.825, 0.796, 0.745],
  [0.969, 0.95, 0.919, 0.92, 0.895, 0.877, 0.841, 0.826],
  [0.976, 0.959, 0.946, 0.945, 0.922, 0.916, 0.893, 0.863],
];
const flat: readonly number[] = [0.38, 0.461, 0.538, 0.562, 0.586, 0.659, 0.714, 0.765, 0.814, 0.844];

/**
 * The valley of two equal normal groups 2.65 standard deviations apart, which share 9 % of their rows: what is called a
 * group must be at least so far from its neighbour, however many rows make smaller gaps certain.
 */
export const effectFloor = 0.8;

/** Least rows of a segment: below, the noise of a 2-split alone digs valleys under 0.3. */
const fewestRows = 20;
const leastShare = 0.02;

/** Rows that a segment needs to be told from noise: 20, or 2 % of all. */
export function smallestSegment(rowCount: number): number {
  return Math.max(fewestRows, leastShare * rowCount);
}

/**
 * The deepest valley that still counts as closed between two segments of these sizes: a pair is open when its valley is
 * at most this.
 */
export function valleyLimit(sizeA: number, sizeB: number, columnCount: number): number {
  const rowCount = 2 * Math.min(sizeA, sizeB);
  return Math.min(effectFloor, normalLimit(rowCount, columnCount), flatLimit(rowCount));
}

/** Linear in the logarithms of rows and columns, level beyond the table. */
function normalLimit(rowCount: number, columnCount: number): number {
  if (rowCount < rows[0]!) return 0;
  if (rowCount < 40) return normal[0]![nearestPlace(columns, columnCount)]!;
  const row = placeBetween(rows, rowCount);
  const column = placeBetween(columns, columnCount);
  return mix(interpolate(normal[row.below]!, column), interpolate(normal[row.below + 1]!, column), row.share);
}

function flatLimit(rowCount: number): number {
  return rowCount < rows[0]! ? 0 : interpolate(flat, placeBetween(rows, rowCount));
}

interface Place {
  readonly below: number;
  readonly share: number;
}

function placeBetween(knots: readonly number[], value: number): Place {
  const logs = knots.map(Math.log);
  const at = Math.min(logs.at(-1)!, Math.max(logs[0]!, Math.log(value)));
  const above = logs.findIndex((log, i) => i > 0 && at <= log);
  const below = above - 1;
  return { below, share: (at - logs[below]!) / (logs[above]! - logs[below]!) };
}

function nearestPlace(knots: readonly number[], value: number): number {
  return knots.reduce(
    (best, knot, i) => (Math.abs(knot - value) < Math.abs(knots[best]! - value) ? i : best),
    0,
  );
}

function interpolate(values: readonly number[], { below, share }: Place): number {
  return mix(values[below]!, values[below + 1]!, share);
}

function mix(a: number, b: number, share: number): number {
  return (1 - share) * a + share * b;
}
