/** What is left of a column's squares when it counts as a combination of the columns before it. */
const leastShare = 1e-9;

/** Columns of unit length at right angles to one another and to `against`; what the earlier ones span is left out. O(rows · columns²). */
export function orthonormalise(
  columns: readonly Float64Array[],
  against: readonly Float64Array[] = [],
): Float64Array[] {
  const found: Float64Array[] = [];
  for (const column of columns) {
    const rest = column.slice();
    const before = dot(rest, rest);
    // Twice: one pass leaves what rounding put there, and columns here are often near to one another.
    for (let pass = 0; pass < 2; pass++) {
      takeOut(rest, against);
      takeOut(rest, found);
    }
    const left = dot(rest, rest);
    if (!(left > leastShare * before)) continue;
    const length = Math.sqrt(left);
    found.push(rest.map((value) => value / length));
  }
  return found;
}

/** Takes out of a column, in place, what orthonormal columns explain: four at a time, so that it is read a quarter as often. */
export function takeOut(column: Float64Array, explained: readonly Float64Array[]): void {
  const whole = explained.length - (explained.length % 4);
  for (let at = 0; at < whole; at += 4) takeOutFour(column, explained, at);
  for (const unit of explained.slice(whole)) {
    const share = dot(column, unit);
    for (let i = 0; i < column.length; i++) column[i]! -= share * unit[i]!;
  }
}

function takeOutFour(column: Float64Array, explained: readonly Float64Array[], at: number): void {
  const [a, b, c, d] = explained.slice(at, at + 4) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let [onA, onB, onC, onD] = [0, 0, 0, 0];
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    onA += value * a[i]!;
    onB += value * b[i]!;
    onC += value * c[i]!;
    onD += value * d[i]!;
  }
  for (let i = 0; i < column.length; i++)
    column[i]! -= onA * a[i]! + onB * b[i]! + (onC * c[i]! + onD * d[i]!);
}

/** Four sums side by side: one alone would wait for each of its additions. */
export function dot(a: Float64Array, b: Float64Array): number {
  const whole = a.length - (a.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    first += a[i]! * b[i]!;
    second += a[i + 1]! * b[i + 1]!;
    third += a[i + 2]! * b[i + 2]!;
    fourth += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < a.length; i++) first += a[i]! * b[i]!;
  return first + second + (third + fourth);
}
