/** Points at which the density is taken. */
const pointCount = 201;

/** Width of the kernel in spreads · n^(−1/5): wider than for a picture, so that chance dips fill up. */
const kernelFactor = 1.3;

/** How far beyond the two means the density is looked at, in spreads. */
const margin = 1.5;

/** Kernel widths beyond which a row adds nothing (e^−8 of its height). */
const reach = 4;

/** Rows of two segments along the line that parts them best. */
export interface PairProjection {
  /** Positions of all rows of both segments, in any order. */
  readonly positions: Float64Array;
  /** Means of the lower and the upper segment. */
  readonly lowMean: number;
  readonly highMean: number;
  /** Root of the pooled variance within the segments (population). */
  readonly spread: number;
}

/** A valley, and where along the line its lowest point is. */
export interface Valley {
  /** 0: empty between; 1: no valley. */
  readonly depth: number;
  readonly position: number;
}

/**
 * How deep the valley between two segments is: the least density between their means, over the lower of the two peaks
 * beside it. 0: empty between; 1: no valley.
 *
 * Gaussian kernel density on 201 points. O(nRows) with some hundred steps a row.
 */
export function findValley(projection: PairProjection): Valley {
  const { lowMean, highMean, spread } = projection;
  const low = lowMean - margin * spread;
  const step = (highMean + margin * spread - low) / (pointCount - 1);
  const width = kernelFactor * spread * projection.positions.length ** -0.2;
  if (!(width > 0 && step > 0)) return { depth: 1, position: (lowMean + highMean) / 2 };
  const density = estimateDensity(projection.positions, { low, step, width });
  const { depth, point } = lowestBetweenPeaks(density, {
    from: Math.trunc((lowMean - low) / step),
    to: Math.trunc((highMean - low) / step) + 1,
  });
  return { depth, position: low + point * step };
}

/** Where the points of the density lie, and how wide the kernel is. */
interface Grid {
  readonly low: number;
  readonly step: number;
  readonly width: number;
}

/**
 * Sum of kernels at each point, not divided by anything: only ratios are asked for.
 *
 * On even points a Gaussian is a product that grows by a factor that itself shrinks by a constant factor, so a row costs
 * three exponentials rather than a hundred. From the row's own place outwards the error stays below 1e-12.
 */
function estimateDensity(positions: Float64Array, { low, step, width }: Grid): Float64Array {
  const density = new Float64Array(pointCount);
  const points = Math.trunc((reach * width) / step) + 1;
  const relative = step / width;
  const shrink = Math.exp(-relative * relative);
  for (let i = 0; i < positions.length; i++) {
    const place = (positions[i]! - low) / step;
    const cell = Math.floor(place);
    const first = Math.max(0, cell - points);
    const last = Math.min(pointCount - 1, cell + points + 1);
    if (first > last) continue;
    const nearest = Math.min(last, Math.max(first, cell));
    const away = (nearest - place) * relative;
    const height = Math.exp(-0.5 * away * away);
    density[nearest]! += height;
    // Upwards and downwards side by side: each product waits for the one before it, but not for the other side's.
    let upFactor = Math.exp(-relative * (away + 0.5 * relative));
    let downFactor = Math.exp(relative * (away - 0.5 * relative));
    let up = height;
    let down = height;
    const both = Math.min(last - nearest, nearest - first);
    for (let g = 1; g <= both; g++) {
      up *= upFactor;
      upFactor *= shrink;
      density[nearest + g]! += up;
      down *= downFactor;
      downFactor *= shrink;
      density[nearest - g]! += down;
    }
    for (let g = nearest + both + 1; g <= last; g++) {
      up *= upFactor;
      upFactor *= shrink;
      density[g]! += up;
    }
    for (let g = nearest - both - 1; g >= first; g--) {
      down *= downFactor;
      downFactor *= shrink;
      density[g]! += down;
    }
  }
  return density;
}

/** The least ratio of a point's density to the lower of the highest points on its two sides. */
function lowestBetweenPeaks(
  density: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): { depth: number; point: number } {
  const peakRight = new Float64Array(pointCount);
  let peak = 0;
  for (let g = pointCount - 1; g >= 0; g--) {
    peak = Math.max(peak, density[g]!);
    peakRight[g] = peak;
  }
  let lowest = { depth: 1, point: (from + to) / 2 };
  peak = 0;
  for (let g = 0; g <= to; g++) {
    peak = Math.max(peak, density[g]!);
    const depth = density[g]! / Math.max(Math.min(peak, peakRight[g]!), 1e-300);
    if (g >= from && depth < lowest.depth) lowest = { depth, point: g };
  }
  return lowest;
}
