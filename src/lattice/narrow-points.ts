import type { CrewMemory, Desk } from "./crew-memory.js";

/** Longest norm of a point in narrow steps: 16-bit products of such points add up exactly in 32 bits (kernel.wat). */
const longestNorm = 2 ** 14 - 1;

/** Writes the crew's rows a second time as 16-bit integers, `scale` narrow steps to a lattice step. */
export function writeNarrowRows(crew: CrewMemory, rowCount: number): void {
  const { rows, stride, narrowRows, narrowStride } = crew;
  const room = longestNorm - Math.sqrt(narrowStride) / 2 - 1;
  const scale = room / Math.max(1, longestRow(crew, rowCount));
  // Rows of equal padding are read and written as one long row.
  const [lines, width] =
    stride === narrowStride ? [1, rowCount * stride] : [rowCount, Math.min(stride, narrowStride)];
  for (let i = 0; i < lines; i++)
    for (let j = 0; j < width; j++)
      narrowRows[i * narrowStride + j] = Math.floor(rows[i * stride + j]! * scale + 0.5);
  crew.scale[0] = scale;
}

/**
 * Writes minus twice the desk's centres in narrow steps, and their squared norms, and says on the desk what margin proves
 * a nearest centre; Infinity where the filter cannot tell (a centre far outside the rows) or would hardly pay (centres that
 * moved less than the margin, where its thresholds would not let rows rest).
 */
export function writeNarrowCentres(
  crew: CrewMemory,
  desk: Desk,
  { clusterCount, movement }: { readonly clusterCount: number; readonly movement: number },
): void {
  const { stride, narrowStride, size } = crew;
  const scale = crew.scale[0]!;
  let longest = 0;
  let worst = 0;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let squares = 0;
    let errors = 0;
    for (let j = 0; j < size.columnCount; j++) {
      const exact = desk.centres[cluster * stride + j]! * scale;
      const narrow = Math.floor(exact + 0.5);
      desk.narrowCentres[cluster * narrowStride + j] = -2 * narrow;
      squares += narrow * narrow;
      errors += (narrow - exact) * (narrow - exact);
    }
    desk.narrowNorms[cluster] = squares;
    longest = Math.max(longest, squares);
    worst = Math.max(worst, errors);
  }
  const margin = 2.001 * (Math.sqrt(size.columnCount) / 2 + Math.sqrt(worst));
  const pays = longest <= longestNorm ** 2 && movement * scale > 0.3 * margin;
  desk.margin[0] = pays ? margin : Infinity;
}

function longestRow({ rows, stride }: CrewMemory, rowCount: number): number {
  let longest = 0;
  for (let i = 0; i < rowCount; i++) {
    let squares = 0;
    for (let at = i * stride; at < (i + 1) * stride; at++) squares += rows[at]! * rows[at]!;
    if (squares > longest) longest = squares;
  }
  return Math.sqrt(longest);
}
