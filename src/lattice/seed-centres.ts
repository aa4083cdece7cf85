import type { Random } from "../core/random.js";
import type { CrewMemory, Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";

/** What one start seeds its centres with. */
interface Seeding {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly rowCount: number;
  readonly clusterCount: number;
}

/** Rows to draw from: enough per cluster to tell clusters apart, few enough to cost less than one pass. */
const fewestSeedRows = 1024;
const seedRowsPerCluster = 64;
const mostSeedRows = 4096;

/**
 * Greedy k-means++: the first centre is any row, each next one the best of 2 + ⌊ln clusterCount⌋ rows drawn in
 * proportion to weight times squared distance from the nearest centre so far.
 *
 * Rows come in canonical order, which is by a hash of their content, so the first 64 rows per cluster (at least 1,024,
 * at most 4,096) are a sample that does not depend on how the table was sorted; only these are looked at. On 4,000 rows
 * that costs what plain k-means++ over all rows costs, and finds 20 separate clusters in 39 of 100 starts instead of 5.
 * Squared distances are exact, so a seed names the same centres on every machine.
 * O(sample · clusterCount · nColumns · ln clusterCount), whatever the number of rows.
 *
 * @see Arthur & Vassilvitskii (2007), https://dl.acm.org/doi/10.5555/1283383.1283494; Grunau et al. (2023),
 * doi:10.1137/1.9781611977554.ch48 for the greedy form.
 */
export function seedCentres(crew: CrewMemory, desk: Desk, options: Seeding): void {
  const { rowCount, clusterCount } = options;
  const wanted = Math.min(Math.max(fewestSeedRows, seedRowsPerCluster * clusterCount), mostSeedRows);
  // A sample of one row many times over has too few places; all rows have enough.
  for (let sample = Math.min(wanted, rowCount); ; sample = Math.min(sample * 8, rowCount))
    if (seedFromFirst(crew, desk, { ...options, rowCount: sample }) || sample === rowCount) return;
}

/** Returns false where the rows lie in fewer places than there are centres. */
function seedFromFirst(crew: CrewMemory, desk: Desk, options: Seeding): boolean {
  const { kernel, random, rowCount, clusterCount } = options;
  const { rows, stride, weights } = crew;
  const nearest = desk.nearest.subarray(0, rowCount).fill(1);
  const running = new Float64Array(rowCount);
  let row = drawRow(running, sumUp(running, nearest, weights), random);
  nearest.fill(Infinity);
  for (let cluster = 0; ; cluster++) {
    const centre = desk.centres.subarray(cluster * stride, (cluster + 1) * stride);
    centre.set(rows.subarray(row * stride, (row + 1) * stride));
    if (cluster === clusterCount - 1) return true;
    kernel.approach(rows.byteOffset, stride * 4, rowCount, centre.byteOffset, nearest.byteOffset);
    const total = sumUp(running, nearest, weights);
    if (!(total > 0)) return false;
    row = drawBest(crew, desk, { ...options, running, total });
  }
}

/** Of several rows drawn, the one that would leave the least sum. */
function drawBest(
  crew: CrewMemory,
  desk: Desk,
  options: Seeding & { readonly running: Float64Array; readonly total: number },
): number {
  const { kernel, random, rowCount, clusterCount, running, total } = options;
  const { rows, stride, weights } = crew;
  // More rows than a sample are only looked at where most are equal: then one draw must do.
  const draws = rowCount <= mostSeedRows ? 2 + Math.floor(Math.log(clusterCount)) : 1;
  const drawn = Array.from({ length: draws }, () => drawRow(running, total, random));
  if (draws === 1) return drawn[0]!;
  // Lies over the list of a pass, which comes to life later.
  const trial = new Float64Array(desk.list.buffer, desk.list.byteOffset, rowCount);
  const sums = drawn.map((row) => {
    trial.set(desk.nearest.subarray(0, rowCount));
    const place = rows.byteOffset + row * stride * 4;
    const sum = kernel.approach(rows.byteOffset, stride * 4, rowCount, place, trial.byteOffset);
    return weights === undefined ? sum : sumUp(running, trial, weights);
  });
  return drawn[sums.indexOf(Math.min(...sums))]!;
}

/** Running sums of weight times value; returns the last. */
function sumUp(running: Float64Array, values: Float64Array, weights: Int32Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights === undefined ? values[i]! : weights[i]! * values[i]!;
    running[i] = sum;
  }
  return sum;
}

/** The first row at which the running sum exceeds a random share of the total: never a row that adds nothing. */
function drawRow(running: Float64Array, total: number, random: Random): number {
  const target = random.next() * total;
  let low = 0;
  let high = running.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
