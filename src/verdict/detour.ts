import { Matrix as DenseMatrix, EigenvalueDecomposition } from "ml-matrix";
import { estimatePlaneDensity, type PlaneDensity, widestWay } from "./plane-density.js";
import { positionsAlong, type ValleyPair, type WhitenedPair, whiten } from "./whiten-pair.js";

/** Share of the pair's rows, those nearest to the lowest point of the valley, that tell where a way around may lead. */
const borderShare = 0.15;
const fewestBorderRows = 10;

/** Directions that are tried: those in which the rows at the border lie furthest from the straight way. */
const mostDirections = 3;

/** A way around counts where density on it stays above this share of the lower peak … */
const leastDetour = 0.3;

/** … and the straight way is emptier than this share of it. */
const mostStraight = 0.5;

/** Width of the kernel in deviations within the clusters · n^(−1/6). */
const kernelFactor = 1.2;

/** Half width of the straight way, in deviations within the clusters. */
const laneWidth = 0.5;

/** How far beyond the means the plane is looked at, in deviations within. */
const margin = 2.5;

/** Densities on ways between two clusters in one plane, over the lower of their peaks. */
interface Ways {
  /** The least density on the straight way from mean to mean. */
  readonly straight: number;
  /** The least density on the best way of all. */
  readonly best: number;
}

/**
 * Whether two clusters with a valley between them are joined around it, as two halves of a ring are.
 *
 * A valley is seen along one line, onto which everything else is projected. So the plane of that line and of the direction
 * in which the rows at the border lie furthest from the straight way is looked at, and two more like it: where customers
 * are far more on the best way than on the straight one, the clusters are one curved group. Between two round groups the
 * saddle lies on the line, and no way around is better. Rows become uncorrelated within the clusters first, so that "far"
 * has one meaning; the kernel is as wide as the narrower of a plane's axes asks for. O(nRows · nColumns²).
 */
export function isJoinedAround(pair: ValleyPair): boolean {
  const whitened = whiten(pair);
  return borderDirections(whitened, pair.valleyShare).some((direction) => {
    const { straight, best } = waysInPlane(whitened, direction, pair.valleyShare);
    return best >= leastDetour && straight <= mostStraight * best;
  });
}

/** Directions in which the rows near the valley lie furthest from the straight way, the furthest first. */
function borderDirections(
  { columnCount, scores, forward, distance }: WhitenedPair,
  valleyShare: number,
): Float64Array[] {
  if (columnCount < 2) return [];
  const rowCount = scores.length / columnCount;
  const positions = positionsAlong(scores, forward);
  const border = Array.from(positions.keys())
    .sort(
      (a, b) =>
        Math.abs(positions[a]! - valleyShare * distance) - Math.abs(positions[b]! - valleyShare * distance),
    )
    .slice(0, Math.max(fewestBorderRows, Math.round(borderShare * rowCount)));
  const moments = DenseMatrix.zeros(columnCount, columnCount);
  for (const row of border) {
    const aside = forward.map((value, j) => scores[row * columnCount + j]! - positions[row]! * value);
    for (let j = 0; j < columnCount; j++)
      for (let l = 0; l < columnCount; l++)
        moments.set(j, l, moments.get(j, l) + (aside[j]! * aside[l]!) / border.length);
  }
  const { eigenvectorMatrix } = new EigenvalueDecomposition(moments, { assumeSymmetric: true });
  return Array.from({ length: Math.min(mostDirections, columnCount - 1) }, (_, i) =>
    Float64Array.from(eigenvectorMatrix.getColumn(columnCount - 1 - i)),
  );
}

function waysInPlane(whitened: WhitenedPair, direction: Float64Array, valleyShare: number): Ways {
  const { scores, forward, distance, columnCount, lengthOf } = whitened;
  const [acrossUnit, alongUnit] = [lengthOf(forward), lengthOf(direction)];
  const across = positionsAlong(scores, forward).map((value) => value * acrossUnit);
  const along = positionsAlong(scores, direction).map((value) => value * alongUnit);
  const half = margin * alongUnit * Math.sqrt(Math.max(1, meanSquare(along) / alongUnit ** 2));
  const plane = estimatePlaneDensity(across, along, {
    width: kernelFactor * Math.min(acrossUnit, alongUnit) * (scores.length / columnCount) ** (-1 / 6),
    ranges: [
      [-margin * acrossUnit, (distance + margin) * acrossUnit],
      [-half, half],
    ],
  });
  return measureWays(plane, {
    valley: valleyShare * distance * acrossUnit,
    end: distance * acrossUnit,
    lane: laneWidth * alongUnit,
  });
}

function measureWays(
  plane: PlaneDensity,
  { valley, end, lane }: { readonly valley: number; readonly end: number; readonly lane: number },
): Ways {
  const { values, columnCount, rowCount, first, step } = plane;
  const isLow = (cell: number) => first[0] + Math.floor(cell / rowCount) * step[0] <= valley;
  let [low, high] = [-1, -1];
  values.forEach((value, cell) => {
    if (isLow(cell)) {
      if (low < 0 || value > values[low]!) low = cell;
    } else if (high < 0 || value > values[high]!) high = cell;
  });
  if (low < 0 || high < 0) return { straight: 1, best: 0 };
  const peak = Math.min(values[low]!, values[high]!);
  let straight = peak;
  for (let column = 0; column < columnCount; column++) {
    const at = first[0] + column * step[0];
    if (at < 0 || at > end) continue;
    let densest = 0;
    for (let row = 0; row < rowCount; row++)
      if (Math.abs(first[1] + row * step[1]) <= Math.max(lane, step[1]))
        densest = Math.max(densest, values[column * rowCount + row]!);
    straight = Math.min(straight, densest);
  }
  return { straight: straight / peak, best: widestWay(plane, low, high) / peak };
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
