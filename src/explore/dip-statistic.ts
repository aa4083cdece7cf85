/** The distance of a sample from the nearest distribution with one mode, and where that mode lies. */
export interface Dip {
  /** Greatest distance between the two distribution functions, 1 / (2n)…1/4. */
  readonly dip: number;
  /** Lowest and highest value of the modal interval. */
  readonly modalInterval: readonly [number, number];
}

/** An empirical distribution function: the different values, how many lie below each, and how many up to and with it. */
interface Steps {
  readonly at: Float64Array;
  readonly below: Float64Array;
  readonly upTo: Float64Array;
}

/** What the next, narrower interval is, and how far the hulls are apart there, in rows. */
interface WidestGap {
  readonly gap: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The dip of sorted values.
 *
 * A distribution function with one mode is convex before it and concave after. Between two values that enclose the mode,
 * the greatest convex function under the steps and the least concave one over them are found; where they are farthest
 * apart, the mode is enclosed more narrowly, and outside of that the steps' distance from the hull counts. Once the hulls are
 * no farther apart than that distance, half of it is the dip. Time O(n) per narrowing, of which there are few.
 *
 * @param sorted - Shape (n,), ascending, finite, at least one value.
 * @see Hartigan & Hartigan (1985), doi:10.1214/aos/1176346577, theorem 6.
 */
export function dipStatistic(sorted: Float64Array): Dip {
  const steps = stepsOf(sorted);
  let from = 0;
  let to = steps.at.length - 1;
  let distance = 1;
  while (from < to) {
    const under = hullUnder(steps, from, to);
    const over = hullOver(steps, from, to);
    const next = widestGap(steps, under, over);
    if (next.gap <= distance) break;
    distance = Math.max(distance, heightAbove(steps, under, next.from), depthBelow(steps, over, next.to));
    if (next.from === from && next.to === to) break;
    ({ from, to } = next);
  }
  const modalInterval = [steps.at[from]!, steps.at[to]!] as const;
  return { dip: distance / (2 * sorted.length), modalInterval };
}

function stepsOf(sorted: Float64Array): Steps {
  const at = new Float64Array(sorted.length);
  const below = new Float64Array(sorted.length);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    at[count] = sorted[i]!;
    below[count++] = i;
  }
  const upTo = new Float64Array(count).fill(sorted.length);
  upTo.set(below.subarray(1, count));
  return { at: at.subarray(0, count), below: below.subarray(0, count), upTo };
}

/** Corners of the greatest convex function under the steps, by number of the value. */
function hullUnder({ at, below }: Steps, from: number, to: number): Int32Array {
  return hullOf(at, below, { from, to, bend: 1 });
}

/** Corners of the least concave function over the steps. */
function hullOver({ at, upTo }: Steps, from: number, to: number): Int32Array {
  return hullOf(at, upTo, { from, to, bend: -1 });
}

/** Points of a line that bends only up (1) or only down (−1): each new point removes those that it makes bend the other way. */
function hullOf(
  at: Float64Array,
  height: Float64Array,
  { from, to, bend }: { readonly from: number; readonly to: number; readonly bend: 1 | -1 },
): Int32Array {
  const corners = new Int32Array(to - from + 1);
  let count = 0;
  for (let k = from; k <= to; k++) {
    while (count > 1) {
      const a = corners[count - 2]!;
      const b = corners[count - 1]!;
      const straight = (height[b]! - height[a]!) * (at[k]! - at[a]!);
      const turn = (at[b]! - at[a]!) * (height[k]! - height[a]!) - straight;
      if (turn * bend > 0) break;
      count--;
    }
    corners[count++] = k;
  }
  return corners.subarray(0, count);
}

/** The hulls are farthest apart at a corner of one of them; the other's segment there ends the interval. */
function widestGap(steps: Steps, under: Int32Array, over: Int32Array): WidestGap {
  const { at, below, upTo } = steps;
  let widest: WidestGap = { gap: 0, from: under[0]!, to: over[over.length - 1]! };
  let u = 0;
  let o = 0;
  while (u < under.length && o < over.length) {
    const k = Math.min(under[u]!, over[o]!);
    const from = under[u] === k ? k : under[u - 1]!;
    const to = over[o]!;
    const low = under[u] === k ? below[k]! : lineThrough(at, below, from, under[u]!)(k);
    const high = to === k ? upTo[k]! : lineThrough(at, upTo, over[o - 1]!, to)(k);
    if (high - low >= widest.gap) widest = { gap: high - low, from, to };
    if (under[u] === k) u++;
    if (over[o] === k) o++;
  }
  return widest;
}

/** The straight line between two different values, as a function of the value's number. */
function lineThrough(
  at: Float64Array,
  height: Float64Array,
  left: number,
  right: number,
): (k: number) => number {
  const slope = (height[right]! - height[left]!) / (at[right]! - at[left]!);
  return (k) => height[left]! + slope * (at[k]! - at[left]!);
}

/** How far the steps rise over the convex hull before value `end`. */
function heightAbove({ at, below, upTo }: Steps, corners: Int32Array, end: number): number {
  let most = 0;
  for (let c = 1; c < corners.length && corners[c]! <= end; c++) {
    const line = lineThrough(at, below, corners[c - 1]!, corners[c]!);
    for (let k = corners[c - 1]!; k < corners[c]!; k++) most = Math.max(most, upTo[k]! - line(k));
  }
  return most;
}

/** How far the steps fall below the concave hull after value `start`. */
function depthBelow({ at, below, upTo }: Steps, corners: Int32Array, start: number): number {
  let most = 0;
  for (let c = 1; c < corners.length; c++) {
    if (corners[c - 1]! < start) continue;
    const line = lineThrough(at, upTo, corners[c - 1]!, corners[c]!);
    for (let k = corners[c - 1]! + 1; k <= corners[c]!; k++) most = Math.max(most, line(k) - below[k]!);
  }
  return most;
}
