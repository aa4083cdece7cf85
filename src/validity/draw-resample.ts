import type { Matrix } from "../core/matrix.js";
import { findPrincipalAxes } from "../core/principal-axes.js";
import type { Random } from "../core/random.js";

/**
 * How customers are drawn anew: `bootstrap` as many with replacement, `subset` half of them without, `noise` all of them, but
 * 5 % of the rows replaced by points that know no groups.
 */
export type ResamplingScheme = "bootstrap" | "subset" | "noise";

export const resamplingSchemes: readonly ResamplingScheme[] = ["bootstrap", "subset", "noise"];

/** One draw. */
export interface Resample {
  /** Rows to fit, ascending; a row drawn twice stands twice where repeats are kept. */
  readonly rows: Int32Array;
  /** Rows on which the two groupings are compared, each once, ascending. */
  readonly compared: Int32Array;
}

/** Draws of {@link ResamplingScheme} from so many rows; noise rows are those not compared. */
export function drawResample(
  scheme: ResamplingScheme,
  options: { readonly rowCount: number; readonly random: Random; readonly keepRepeats: boolean },
): Resample {
  const { rowCount, random, keepRepeats } = options;
  if (scheme === "bootstrap") {
    const rows = drawWithReplacement(rowCount, random);
    const compared = rows.filter((row, i) => row !== rows[i - 1]);
    return { rows: keepRepeats ? rows : compared, compared };
  }
  if (scheme === "subset") {
    const rows = drawHalf(rowCount, random);
    return { rows, compared: rows };
  }
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  return { rows: all, compared: all.filter(() => random.next() >= noiseShare) };
}

/** As many rows as there are, with replacement, ascending. */
export function drawWithReplacement(rowCount: number, random: Random): Int32Array {
  const times = new Int32Array(rowCount);
  for (let draw = 0; draw < rowCount; draw++) times[random.below(rowCount)]!++;
  const rows = new Int32Array(rowCount);
  for (let row = 0, at = 0; row < rowCount; row++) {
    rows.fill(row, at, at + times[row]!);
    at += times[row]!;
  }
  return rows;
}

function drawHalf(rowCount: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  const half = Math.max(1, Math.floor(rowCount / 2));
  for (let place = 0; place < half; place++) {
    const other = place + random.below(rowCount - place);
    [rows[place], rows[other]] = [rows[other]!, rows[place]!];
  }
  return rows.slice(0, half).sort();
}

/** Share of rows that noise replaces, and its reach along each principal axis in standard deviations (Hennig 2007). */
const noiseShare = 0.05;
const noiseReach = 4;

/** Adds noise to rows: uniform in a box along the principal axes of the matrix, around its mean. Rounded to 2^−20. */
export function openNoise(matrix: Matrix): (rows: Iterable<number>, random: Random) => Matrix {
  const { means, axes, variances } = findPrincipalAxes(matrix);
  const { columnCount } = matrix;
  const reaches = variances.map((variance) => noiseReach * Math.sqrt(variance));
  return (rows, random) => {
    const values = matrix.values.slice();
    for (const row of rows) {
      const along = reaches.map((reach) => (2 * random.next() - 1) * reach);
      for (let j = 0; j < columnCount; j++) {
        const value = along.reduce((sum, length, axis) => sum + length * axes[axis]![j]!, means[j]!);
        values[row * columnCount + j] = Math.round(value * 2 ** 20) / 2 ** 20;
      }
    }
    return { ...matrix, values };
  };
}
