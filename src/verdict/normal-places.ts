/** Cells of a guide per bound, over this many deviations on either side of 0. */
const cellsPerBound = 0.5;
const guidedReach = 5;

/**
 * A function that tells which of the equal shares of the normal distribution a value falls into: no distribution function
 * to compute, and a guide by evenly wide cells leaves few bounds to search.
 */
export function openPlaces(bounds: Float64Array): (normal: number) => number {
  const cells = Math.ceil(cellsPerBound * bounds.length);
  const scale = cells / (2 * guidedReach);
  // Places at the lower edge of each cell; below the first and above the last cell lies what is left.
  const guide = new Uint32Array(cells + 3);
  for (let cell = 1, place = 0; cell <= cells + 1; cell++) {
    while (place < bounds.length && cellOf(bounds[place]!) < cell) place++;
    guide[cell] = place;
  }
  guide[cells + 2] = bounds.length;
  function cellOf(normal: number): number {
    return Math.max(0, Math.min(cells + 1, Math.floor((normal + guidedReach) * scale) + 1));
  }
  return (normal) => {
    const cell = cellOf(normal);
    let low = guide[cell]!;
    let high = guide[cell + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bounds[middle]! <= normal) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
