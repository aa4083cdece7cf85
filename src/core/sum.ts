/** The values added up from the first to the last; 0 of none. Not for figures that must be the same in any order: see the lattice. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
