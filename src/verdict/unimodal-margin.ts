/** Up to so many values every one is a knot; above, so many ranks and some in each tail. */
const knotRanks = 400;
const tailRanks = 20;

/** Places that are tried for the mode. */
const modeCandidates = 60;

/** A distribution that is even between its knots. */
export interface Margin {
  /** Ascending, one more than there are masses. */
  readonly knots: Float64Array;
  /** Share of the distribution between two knots; sum 1. */
  readonly masses: Float64Array;
}

/** Masses between knots, before anything is fitted. */
interface Intervals {
  readonly knots: Float64Array;
  readonly widths: Float64Array;
  /** Rows in each interval. */
  readonly counts: Float64Array;
  /** Share of the rows per unit. */
  readonly densities: Float64Array;
}

/**
 * The distribution with one mode under which a column is likeliest: its density rises up to the mode and falls after it.
 *
 * That is Grenander's estimate on both sides of a mode, the pooled densities of the intervals between neighbouring values;
 * the mode is the likeliest of 60 places. A single narrow interval would always win as the mode, so densities above the
 * densest window of a twentieth of the intervals count no higher when modes are compared.
 *
 * @param sorted - Ascending; at least two different values.
 * @see Grenander (1956), doi:10.1080/03461238.1956.10414944
 */
export function fitUnimodal(sorted: Float64Array): Margin {
  const intervals = cutAtKnots(sorted);
  const { knots, widths, counts, densities } = intervals;
  if (widths.length < 3) return { knots, masses: shares(counts) };
  const cap = densestWindow(densities, widths);
  let best = -Infinity;
  let bestFit = densities;
  for (const mode of new Set(evenPlaces(0, widths.length, modeCandidates))) {
    const fitted = fitAround(mode, intervals);
    let logLikelihood = 0;
    for (let i = 0; i < counts.length; i++)
      logLikelihood += counts[i]! * Math.log(Math.max(1e-300, Math.min(cap, fitted[i]!)));
    if (logLikelihood <= best) continue;
    best = logLikelihood;
    bestFit = fitted;
  }
  return { knots, masses: shares(bestFit.map((density, i) => density * widths[i]!)) };
}

function cutAtKnots(sorted: Float64Array): Intervals {
  const ranks = knotsAt(sorted.length);
  const first = sorted[0]!;
  const tiny = 1e-12 * (sorted.at(-1)! - first + 1e-300);
  const knots = [first];
  const counts: number[] = [];
  let waiting = 0;
  for (let i = 1; i < ranks.length; i++) {
    waiting += ranks[i]! - ranks[i - 1]!;
    // Rows of equal value have no width of their own: they count in the interval that follows.
    if (sorted[ranks[i]!]! - sorted[ranks[i - 1]!]! <= tiny) continue;
    knots.push(sorted[ranks[i]!]!);
    counts.push(waiting);
    waiting = 0;
  }
  if (counts.length > 0) counts[counts.length - 1]! += waiting;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const widths = Float64Array.from(counts, (_, i) => knots[i + 1]! - knots[i]!);
  return {
    knots: Float64Array.from(knots),
    widths,
    counts: Float64Array.from(counts),
    densities: widths.map((width, i) => counts[i]! / width / total),
  };
}

function knotsAt(rowCount: number): number[] {
  if (rowCount <= knotRanks) return Array.from({ length: rowCount }, (_, i) => i);
  const tail = Array.from({ length: tailRanks }, (_, i) => i);
  const ranks = [
    ...tail,
    ...evenPlaces(tailRanks, rowCount - 1 - tailRanks, knotRanks),
    ...tail.map((i) => rowCount - tailRanks + i),
  ];
  return [...new Set(ranks)].sort((a, b) => a - b);
}

/** Whole numbers evenly from `low` to `high`; halves go to the even neighbour. */
function evenPlaces(low: number, high: number, count: number): number[] {
  const step = (high - low) / (count - 1);
  return Array.from({ length: count }, (_, i) => roundToEven(i === count - 1 ? high : low + i * step));
}

/** Nearest whole number, halves to the even one: over many halves nothing is shifted. */
export function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Densities that rise over the first `mode` intervals and fall after them. */
function fitAround(mode: number, { densities, widths }: Intervals): Float64Array {
  const fitted = new Float64Array(densities.length);
  fitted.set(fitRising(densities.subarray(0, mode), widths.subarray(0, mode)));
  const falling = densities.subarray(mode).map((density) => -density);
  fitted.set(
    fitRising(falling, widths.subarray(mode)).map((density) => -density),
    mode,
  );
  return fitted;
}

/** The rising sequence nearest to `values` in weighted squares: neighbours that fall are pooled (PAVA). O(n). */
function fitRising(values: Float64Array, weights: Float64Array): Float64Array {
  const levels = new Float64Array(values.length);
  const masses = new Float64Array(values.length);
  const lengths = new Int32Array(values.length);
  let blocks = 0;
  for (let i = 0; i < values.length; i++) {
    levels[blocks] = values[i]!;
    masses[blocks] = weights[i]!;
    lengths[blocks++] = 1;
    for (; blocks > 1 && levels[blocks - 2]! > levels[blocks - 1]!; blocks--) {
      const mass = masses[blocks - 2]! + masses[blocks - 1]!;
      levels[blocks - 2] =
        (masses[blocks - 2]! * levels[blocks - 2]! + masses[blocks - 1]! * levels[blocks - 1]!) / mass;
      masses[blocks - 2] = mass;
      lengths[blocks - 2]! += lengths[blocks - 1]!;
    }
  }
  const fitted = new Float64Array(values.length);
  let at = 0;
  for (let block = 0; block < blocks; block++) {
    fitted.fill(levels[block]!, at, at + lengths[block]!);
    at += lengths[block]!;
  }
  return fitted;
}

/** The highest mean density of any window of a twentieth of the intervals, at least three. */
function densestWindow(densities: Float64Array, widths: Float64Array): number {
  const window = Math.max(3, Math.floor(widths.length / 20));
  const mass = runningSum(densities.map((density, i) => density * widths[i]!));
  const width = runningSum(widths);
  let densest = 0;
  for (let i = 0; i + window <= widths.length; i++) {
    const across = Math.max(1e-300, width[i + window]! - width[i]!);
    densest = Math.max(densest, (mass[i + window]! - mass[i]!) / across);
  }
  return densest;
}

function runningSum(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, i) => {
    sums[i + 1] = sums[i]! + value;
  });
  return sums;
}

function shares(masses: Float64Array): Float64Array {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}
