/** The values of a column without their rows: each different value once, ascending, and how many rows have it. */
export interface CountedValues {
  /** Finite, ascending, each once. */
  readonly values: Float64Array;
  /** How many rows have the value; whole numbers of at least 1. */
  readonly counts: Float64Array;
}

/** Counts the finite values of a column; the others are missing. */
export function countValues(column: Float64Array): CountedValues {
  const sorted = column.filter(Number.isFinite).sort();
  return mergeCounts(sorted, new Float64Array(sorted.length).fill(1));
}

/** Counts of ascending values, equal ones put together. −0 becomes 0. */
export function mergeCounts(ascending: Float64Array, counts: Float64Array): CountedValues {
  const values = new Float64Array(ascending.length);
  const merged = new Float64Array(ascending.length);
  let length = 0;
  for (let i = 0; i < ascending.length; i++) {
    const isNew = length === 0 || values[length - 1] !== ascending[i];
    if (isNew) values[length++] = ascending[i]! + 0;
    merged[length - 1]! += counts[i]!;
  }
  return { values: values.slice(0, length), counts: merged.slice(0, length) };
}

/** Number of rows. */
export function countRows({ counts }: CountedValues): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The same rows and `count` more with one value. */
export function withCopies({ values, counts }: CountedValues, value: number, count: number): CountedValues {
  if (count === 0) return { values, counts };
  const found = values.findIndex((other) => other >= value);
  const place = found < 0 ? values.length : found;
  return mergeCounts(insertAt(values, place, value), insertAt(counts, place, count));
}

function insertAt(array: Float64Array, place: number, value: number): Float64Array {
  const longer = new Float64Array(array.length + 1);
  longer.set(array.subarray(0, place));
  longer[place] = value;
  longer.set(array.subarray(place), place + 1);
  return longer;
}

/** Median, halfway between the two middle values of an even number of rows. */
export function medianOf(counted: CountedValues): number {
  const index = (countRows(counted) - 1) * 0.5;
  const lower = valueAt(counted, Math.floor(index));
  return index % 1 === 0 ? lower : lower + 0.5 * (valueAt(counted, Math.ceil(index)) - lower);
}

function valueAt({ values, counts }: CountedValues, index: number): number {
  let passed = 0;
  for (let i = 0; i < values.length; i++) {
    passed += counts[i]!;
    if (passed > index) return values[i]!;
  }
  return Number.NaN;
}

/**
 * Mean: row by row in ascending order with Neumaier's correction, the bits of simple-statistics' `mean` over the sorted
 * column. O(rows), so that whoever has only the counts finds the bits of whoever has the column.
 */
export function meanOf({ values, counts }: CountedValues): number {
  let sum = 0;
  let correction = 0;
  let rows = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    for (let copy = 0; copy < counts[i]!; copy++) {
      const next = sum + value;
      correction += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    }
    rows += counts[i]!;
  }
  return (sum + correction) / rows;
}

/** Sums of squared and cubed deviations from the mean, and how many rows; plain sums in ascending order. */
function sumDeviations(counted: CountedValues): { squares: number; cubes: number; rows: number } {
  const mean = meanOf(counted);
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < counted.values.length; i++) {
    const deviation = counted.values[i]! - mean;
    const square = deviation * deviation;
    const cube = square * deviation;
    for (let copy = 0; copy < counted.counts[i]!; copy++) {
      squares += square;
      cubes += cube;
    }
  }
  return { squares, cubes, rows: countRows(counted) };
}

/** Standard deviation, n − 1; NaN for a single row. */
export function standardDeviationOf(counted: CountedValues): number {
  const { squares, rows } = sumDeviations(counted);
  return Math.sqrt(squares / (rows - 1));
}

/** Sample skewness (adjusted, as SciPy's with bias off); 0 for fewer than 3 rows. */
export function skewnessOf(counted: CountedValues): number {
  const { squares, cubes, rows } = sumDeviations(counted);
  if (rows < 3) return 0;
  const cubedDeviation = Math.sqrt(squares / (rows - 1)) ** 3;
  return (rows * cubes) / ((rows - 1) * (rows - 2) * cubedDeviation);
}
