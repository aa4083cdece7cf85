/** Plain Lloyd on integer rows, every distance computed: what the product must equal, iteration by iteration. */
export function exhaustiveLloyd(
  rows: readonly (readonly number[])[],
  start: readonly (readonly number[])[],
  maxIterations: number,
): { labels: number[]; centres: number[][]; iterations: number } {
  let centres = start.map((centre) => [...centre]);
  let labels: number[] = [];
  let iterations = 0;
  while (iterations < maxIterations) {
    iterations++;
    labels = rows.map((row) => nearest(row, centres));
    for (let empty = 0; empty < centres.length; empty++)
      if (!labels.includes(empty)) refill(rows, labels, centres, empty);
    const moved = centres.map((_, cluster) => {
      const members = rows.filter((_, i) => labels[i] === cluster);
      return centres[0]!.map((_, j) =>
        Math.floor(members.reduce((sum, row) => sum + row[j]!, 0) / members.length + 0.5),
      );
    });
    const still = JSON.stringify(moved) === JSON.stringify(centres);
    centres = moved;
    if (still) break;
  }
  return { labels, centres, iterations };
}

export function nearest(row: readonly number[], centres: readonly (readonly number[])[]): number {
  const distances = centres.map((centre) => squared(row, centre));
  return distances.indexOf(Math.min(...distances));
}

export function squared(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
}

function refill(
  rows: readonly (readonly number[])[],
  labels: number[],
  centres: readonly (readonly number[])[],
  empty: number,
): void {
  const same = (a: readonly number[], b: readonly number[]) => compare(a, b) === 0;
  const eligible = rows
    .map((row, i) => ({ row, distance: squared(row, centres[labels[i]!]!), label: labels[i]! }))
    .filter(({ row, label }) => rows.some((other, i) => labels[i] === label && !same(other, row)));
  eligible.sort((a, b) => b.distance - a.distance || compare(a.row, b.row));
  rows.forEach((row, i) => {
    if (same(row, eligible[0]!.row)) labels[i] = empty;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const j = a.findIndex((value, at) => value !== b[at]);
  return j < 0 ? 0 : a[j]! - b[j]!;
}
