/** Cells along an axis at most. */
const mostCells = 160;

/** Cells per kernel width, and kernel widths beyond which a cell adds nothing. */
const cellsPerWidth = 2;
const reach = 4;

/** Density on a grid: cell (column, row) is at column · rowCount + row. */
export interface PlaneDensity {
  readonly columnCount: number;
  readonly rowCount: number;
  readonly values: Float64Array;
  /** Position of the middle of column 0 and row 0, and the distance of neighbours. */
  readonly first: readonly [number, number];
  readonly step: readonly [number, number];
}

/** Gaussian kernel density of points in a plane, up to a factor; points beyond the ranges are left out. */
export function estimatePlaneDensity(
  across: Float64Array,
  along: Float64Array,
  options: {
    readonly width: number;
    readonly ranges: readonly [readonly [number, number], readonly [number, number]];
  },
): PlaneDensity {
  const { width, ranges } = options;
  const steps = ranges.map(([low, high]) => Math.max(width / cellsPerWidth, (high - low) / mostCells));
  const [columnCount, rowCount] = ranges.map(([low, high], axis) =>
    Math.max(1, Math.ceil((high - low) / steps[axis]!)),
  ) as [number, number];
  const counts = new Float64Array(columnCount * rowCount);
  for (let i = 0; i < across.length; i++) {
    const column = Math.floor((across[i]! - ranges[0][0]) / steps[0]!);
    const row = Math.floor((along[i]! - ranges[1][0]) / steps[1]!);
    if (column < 0 || column >= columnCount || row < 0 || row >= rowCount) continue;
    counts[column * rowCount + row]!++;
  }
  const smoothed = smoothAlong(counts, { count: columnCount, stride: rowCount, relative: steps[0]! / width });
  return {
    columnCount,
    rowCount,
    values: smoothAlong(smoothed, { count: rowCount, stride: 1, relative: steps[1]! / width }),
    first: [ranges[0][0] + steps[0]! / 2, ranges[1][0] + steps[1]! / 2],
    step: [steps[0]!, steps[1]!],
  };
}

/** Convolves one axis with the kernel: `count` cells that lie `stride` apart, `relative` kernel widths from cell to cell. */
function smoothAlong(
  values: Float64Array,
  { count, stride, relative }: { readonly count: number; readonly stride: number; readonly relative: number },
): Float64Array {
  const cells = Math.min(count - 1, Math.ceil(reach / relative));
  const kernel = Float64Array.from({ length: cells + 1 }, (_, i) => Math.exp(-0.5 * (i * relative) ** 2));
  const smoothed = new Float64Array(values.length);
  values.forEach((value, at) => {
    if (value === 0) return;
    const place = Math.floor(at / stride) % count;
    const first = Math.max(0, place - cells);
    const last = Math.min(count - 1, place + cells);
    for (let other = first; other <= last; other++)
      smoothed[at + (other - place) * stride]! += value * kernel[Math.abs(other - place)]!;
  });
  return smoothed;
}

/** The highest density that some way from one cell to another never falls below: cells join from the densest down. */
export function widestWay({ values, columnCount, rowCount }: PlaneDensity, from: number, to: number): number {
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
  const root = new Int32Array(values.length).fill(-1);
  const rootOf = (cell: number) => {
    let top = cell;
    while (root[top] !== top) {
      root[top] = root[root[top]!]!;
      top = root[top]!;
    }
    return top;
  };
  for (const cell of order) {
    root[cell] = cell;
    const column = Math.floor(cell / rowCount);
    const row = cell % rowCount;
    const neighbours = [
      column > 0 ? cell - rowCount : cell,
      column < columnCount - 1 ? cell + rowCount : cell,
      row > 0 ? cell - 1 : cell,
      row < rowCount - 1 ? cell + 1 : cell,
    ];
    for (const neighbour of neighbours) if (root[neighbour]! >= 0) root[rootOf(neighbour)] = rootOf(cell);
    if (root[from]! >= 0 && root[to]! >= 0 && rootOf(from) === rootOf(to)) return values[cell]!;
  }
  return 0;
}
