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

/** Takes out of a column, in place, what orthonormal columns explain. */
export function takeOut(column: Float64Array, explained: readonly Float64Array[]): void {
  for (const unit of explained) {
    const share = dot(column, unit);
    for (let i = 0; i < column.length; i++) column[i]! -= share * unit[i]!;
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
