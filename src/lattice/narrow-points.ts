import { blockRows, type CrewMemory, type Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";

/** Longest norm of a point in narrow steps: 16-bit products of such points add up exactly in 32 bits (kernel.wat). */
const longestNorm = 2 ** 14 - 1;

/** A block of rows, for any thread of a crew. */
interface Block {
  readonly kernel: Kernel;
  readonly block: number;
  readonly rowCount: number;
}

/** Adds the squares of a block of rows to what the desk knows of them. */
export function measureBlock(crew: CrewMemory, desk: Desk, { kernel, block, rowCount }: Block): void {
  const { rows, stride, weights } = crew;
  const begin = block * blockRows;
  kernel.measure(
    rows.byteOffset + begin * stride * 4,
    stride * 4,
    Math.min(blockRows, rowCount - begin),
    weights === undefined ? 0 : weights.byteOffset + begin * 4,
    desk.longest.byteOffset,
  );
}

/** The largest norm of a row. */
export function longestRow({ desks }: CrewMemory): number {
  return Math.sqrt(desks.reduce((most, { longest }) => Math.max(most, longest[0]!), 0));
}

/** Writes a block of rows a second time as 16-bit integers, {@link narrowScale} narrow steps to a lattice step. */
export function narrowBlock(crew: CrewMemory, { kernel, block, rowCount }: Block): void {
  const { rows, stride, narrowRows, narrowStride } = crew;
  const begin = block * blockRows;
  kernel.narrow(
    rows.byteOffset + begin * stride * 4,
    stride * 4,
    Math.min(blockRows, rowCount - begin),
    narrowRows.byteOffset + begin * narrowStride * 2,
    narrowStride * 2,
    crew.scale[0]!,
  );
}

/** Narrow steps to a lattice step where no row is longer than `longest` lattice steps. */
export function narrowScale(longest: number, narrowStride: number): number {
  return (longestNorm - Math.sqrt(narrowStride) / 2 - 1) / Math.max(1, longest);
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
