import { createRandom } from "../dist/core/random.js";

/** Ten overlapping Gaussian groups, on the lattice of applyRecipe. */
export function drawMixture(rowCount, columnCount) {
  const random = createRandom(1);
  const centres = Array.from({ length: 10 }, () =>
    Array.from({ length: columnCount }, () => random.normal()),
  );
  const values = new Float64Array(rowCount * columnCount);
  for (let i = 0; i < rowCount; i++) {
    const centre = centres[random.below(centres.length)];
    for (let j = 0; j < columnCount; j++) {
      const z = Math.max(-8, Math.min(8, (centre[j] + random.normal()) / Math.SQRT2));
      values[i * columnCount + j] = Math.floor(z * 2 ** 20 + 0.5) / 2 ** 20;
    }
  }
  return { rowCount, columnCount, columns: centres[0].map((_, j) => `x${j}`), values };
}

/** Codes of words that go with the rows' first values, more or less: shape (nRows, wordCount), levels 0…4. */
export function drawWords(matrix, wordCount) {
  const random = createRandom(2);
  return Int32Array.from({ length: matrix.rowCount * wordCount }, (_, at) => {
    const value = matrix.values[Math.floor(at / wordCount) * matrix.columnCount + (at % wordCount)];
    return Math.max(0, Math.min(4, Math.floor(2.5 + value + random.normal())));
  });
}

/** Rows of the table to begin from, evenly spaced. */
export function spacedRows({ values, rowCount, columnCount }, count) {
  const step = Math.floor(rowCount / count) * columnCount;
  return Array.from({ length: count }, (_, i) => [...values.subarray(i * step, i * step + columnCount)]);
}
