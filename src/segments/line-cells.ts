/** A point, or all values between two. */
export interface LineCell {
  /** Position on the line; empty stretches are left out but counted. */
  readonly index: number;
  readonly isPoint: boolean;
  /** A value in it. */
  readonly value: number;
  /** Lower and upper end: of a point itself, of a stretch not part of it; null: none. */
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * The line cut at points: each point, and each stretch between that holds a value. Between neighbouring doubles there is none.
 *
 * @param isWhole - Whether there are only whole numbers, such as days.
 */
export function elementaryCells(
  points: readonly number[],
  { isWhole }: { readonly isWhole: boolean },
): readonly LineCell[] {
  const sorted = Float64Array.from(new Set(points.map((point) => point + 0))).sort();
  const next = isWhole ? (value: number) => value + 1 : nextDouble;
  const previous = isWhole ? (value: number) => value - 1 : (value: number) => -nextDouble(-value);
  if (sorted.length === 0) return [{ index: 0, isPoint: false, value: 0, from: null, to: null }];
  const cells: LineCell[] = [];
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (Number.isFinite(previous(first)))
    cells.push({ index: 0, isPoint: false, value: previous(first), from: null, to: first });
  sorted.forEach((point, i) => {
    cells.push({ index: 2 * i + 1, isPoint: true, value: point, from: point, to: point });
    const end = sorted[i + 1];
    if (end === undefined || next(point) === end) return;
    const middle = isWhole ? next(point) : between(point, end);
    cells.push({ index: 2 * i + 2, isPoint: false, value: middle, from: point, to: end });
  });
  if (Number.isFinite(next(last)))
    cells.push({ index: 2 * sorted.length, isPoint: false, value: next(last), from: last, to: null });
  return cells;
}

/** A number between two that are not neighbours, as plain as easily found. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const plain = Number(middle.toPrecision(6));
  if (plain > low && plain < high) return plain;
  return middle > low && middle < high ? middle : nextDouble(low);
}

const bits = new BigInt64Array(1);
const double = new Float64Array(bits.buffer);

/** The next double above a finite one. */
export function nextDouble(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  double[0] = value;
  bits[0] = bits[0]! + (value > 0 ? 1n : -1n);
  return double[0];
}
