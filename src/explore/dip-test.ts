import { checkCount, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkFiniteMatrix, type Matrix } from "../core/matrix.js";
import { percentText } from "../core/number-text.js";
import { findPrincipalAxes, projectRows } from "../core/principal-axes.js";
import { createRandom, type Random } from "../core/random.js";
import { dipStatistic } from "./dip-statistic.js";
import { orderRows } from "./order-rows.js";

export interface DipTestOptions {
  readonly seed: number;
  /** Uniform samples that the p-value is counted from; 2,000 if not given. */
  readonly simulations?: number;
}

/** Whether values have more than one mode. */
export interface DipTest {
  /** Greatest distance to the nearest distribution with one mode, 1 / (2n)…1/4; higher is further from one mode. */
  readonly dip: number;
  /** Chance of a dip as large in a uniform sample of as many values, never 0. */
  readonly pValue: number;
  /** Where the largest mode would lie. */
  readonly modalInterval: readonly [number, number];
  readonly valueCount: number;
  readonly simulations: number;
  /** What it says, and what it does not. */
  readonly reading: string;
}

/** The dip along the direction in which rows vary most. */
export interface AxisDip extends DipTest {
  /** Share of the total variance along that axis, 0–1. */
  readonly varianceShare: number;
}

const defaultSimulations = 2000;
/** Larger samples are simulated at this size, from which on √n · dip changes by no more than about 1 %. */
const mostSimulated = 2000;

/**
 * Dip test: are the values spread around one mode, or around more than one?
 *
 * The dip is half the greatest distance between the sample's distribution function and the nearest one with a single mode.
 * p = (1 + simulations with a dip as large) / (1 + simulations), from uniform samples, the hardest of all with one mode; of
 * more than 2,000 values √n · dip is compared with that of 2,000. Values that repeat (a scale of five steps) count as modes
 * of their own. Time O(n log n + simulations · min(n, 2000)).
 *
 * @param values - Shape (nValues,), at least 4, finite, any order.
 * @throws InputError if there are fewer than 4 values, one is not finite, or `simulations` is not a whole number from 99.
 * @see Hartigan & Hartigan (1985), doi:10.1214/aos/1176346577. Checked against R's diptest in test/reference/dip.json.
 * @example
 * dipTest([1, 1, 1, 2, 2, 2], { seed: 1 }).dip // => 0.25
 */
export function dipTest(values: ArrayLike<number>, options: DipTestOptions): DipTest {
  checkValues("dipTest", values);
  return testDip("dipTest", Float64Array.from(values), options);
}

/**
 * {@link dipTest} of the rows' places along the first principal axis: whether the cloud falls apart where it is longest.
 *
 * Groups that lie apart in another direction are not seen. Time that of the dip test and O(nRows · (nColumns² + log nRows)).
 *
 * @param matrix - Shape (nRows, nColumns), at least 4 rows; scale columns first. No missing values.
 * @throws InputError if there are fewer than 4 rows, no two rows differ, or a value is not finite.
 */
export function dipOfFirstAxis(matrix: Matrix, options: DipTestOptions): AxisDip {
  checkFiniteMatrix("dipOfFirstAxis", matrix);
  if (matrix.rowCount < 4)
    throw new InputError(`dipOfFirstAxis: matrix must have at least 4 rows, got ${matrix.rowCount}`);
  const ordered = orderRows(matrix);
  const { means, axes, variances } = findPrincipalAxes(ordered);
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  if (total === 0)
    throw new InputError(
      `dipOfFirstAxis: matrix must hold rows that differ, got ${matrix.rowCount} that are all the same`,
    );
  const test = testDip("dipOfFirstAxis", projectRows(ordered, means, axes[0]!), options);
  const varianceShare = variances[0]! / total;
  const axis = `Along the first principal axis (${percentText(varianceShare)} of the variance)`;
  return { ...test, varianceShare, reading: `${axis}: ${test.reading}` };
}

function checkValues(caller: string, values: ArrayLike<number>): void {
  if (values.length < 4)
    throw new InputError(`${caller}: values must hold at least 4 numbers, got ${values.length}`);
  const stray = Array.from(values).findIndex((value) => !Number.isFinite(value));
  if (stray >= 0)
    throw new InputError(
      `${caller}: values must be finite numbers, got ${describeValue(values[stray])} at row ${stray}`,
    );
}

function testDip(caller: string, values: Float64Array, options: DipTestOptions): DipTest {
  const { seed, simulations = defaultSimulations } = options;
  checkCount(caller, "simulations", simulations, 99);
  const random = createRandom(seed);
  const { dip, modalInterval } = dipStatistic(values.sort());
  const size = Math.min(values.length, mostSimulated);
  // The smallest dip is common in small samples and must not lose to itself by a rounding.
  const limit = dip * Math.sqrt(values.length / size) * (1 - 1e-12);
  let asLarge = 0;
  for (let i = 0; i < simulations; i++)
    if (dipStatistic(sortedUniforms(size, random.fork(i))).dip >= limit) asLarge++;
  const pValue = (1 + asLarge) / (1 + simulations);
  const reading = readDip(dip, pValue);
  return { dip, pValue, modalInterval, valueCount: values.length, simulations, reading };
}

/** Uniform values in order without sorting: running sums of exponential steps, which the last sum brings into 0…1. */
function sortedUniforms(count: number, random: Random): Float64Array {
  const values = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum -= Math.log(1 - random.next());
    values[i] = sum;
  }
  return values;
}

function readDip(dip: number, pValue: number): string {
  const numbers = `dip ${dip.toFixed(4)}, p ${pValue < 0.001 ? "below 0.001" : `= ${pValue.toFixed(3)}`}`;
  return pValue < 0.05
    ? `more than one mode (${numbers}), so the values thin out somewhere in between.`
    : `no sign of more than one mode (${numbers}); that does not rule out groups that overlap or lie apart in another direction.`;
}
