import { type Matrix, matrixOf } from "#src/core/matrix.js";
import { createRandom, type Random } from "#src/core/random.js";

/** Made customers: a row per draw, columns a, b, c … */
export function drawRows(
  rowCount: number,
  seed: number,
  draw: (random: Random, row: number) => readonly number[],
): Matrix {
  const random = createRandom(seed);
  const rows = Array.from({ length: rowCount }, (_, row) => draw(random, row));
  const names = rows[0]!.map((_, j) => String.fromCharCode(97 + j));
  return matrixOf(Object.fromEntries(names.map((name, j) => [name, rows.map((row) => row[j]!)])));
}

/** Three groups in two columns, `distance` deviations apart, row i in group i mod 3; a third column is noise. */
export function drawTriangle(rowCount: number, seed: number, distance: number): Matrix {
  const centres = [
    [0, 0],
    [distance, 0],
    [distance / 2, distance * Math.sqrt(0.75)],
  ];
  return drawRows(rowCount, seed, (random, row) => [
    ...centres[row % 3]!.map((centre) => centre + random.normal()),
    random.normal(),
  ]);
}

/** One long cloud: a trait behind three columns. */
export function drawContinuum(rowCount: number, seed: number): Matrix {
  return drawRows(rowCount, seed, (random) => {
    const trait = random.normal();
    return [0, 1, 2].map(() => 0.85 * trait + 0.5 * random.normal());
  });
}

/** A ring in two columns, noise in the third. */
export function drawRing(rowCount: number, seed: number): Matrix {
  return drawRows(rowCount, seed, (random) => {
    const angle = 2 * Math.PI * random.next();
    const radius = 4 + 0.4 * random.normal();
    return [radius * Math.cos(angle), radius * Math.sin(angle), random.normal()];
  });
}
