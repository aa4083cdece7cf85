import type { RouteMemory } from "./route-memory.js";
import type { RouteProblem } from "./route-problem.js";

/**
 * What has happened since thresholds were stored. A row's threshold is `drift` then, plus how much farther every other
 * centre was over `scale` then; while it is above the `drift` now, no other centre can be as near as the row's own.
 *
 * A step moves centres by δ (at most) and weights w to w', roots of w'/w between a and b. A distance d to the own centre
 * grows to b d + δ₁ at most, one to another centre shrinks to a d − δ₂ at least. So their difference keeps at least
 * a times itself, less (b − a) d + δ₁ + δ₂: the scale falls by a, the drift grows by the rest over the new scale.
 */
export interface RouteBounds {
  /** Whether every row has a threshold. */
  known: boolean;
  scale: number;
  drift: number;
  /** The largest distance of a row to its own centre, at most. */
  reach: number;
}

/** Weights that change by more make thresholds too loose to be of use. */
const mostTurn = 1.5;
const leastScale = 0.5;

export function openBounds(): RouteBounds {
  return { known: false, scale: 1, drift: 0, reach: 0 };
}

/** Begins anew with a pass over all rows. */
export function forgetDrift(bounds: RouteBounds, known: boolean): void {
  bounds.known = known;
  bounds.scale = 1;
  bounds.drift = 0;
  bounds.reach = 0;
}

/** Notes where centres and weights are, before a step moves them. */
export function rememberPlaces({ arrays }: RouteMemory): void {
  arrays.centresBefore.set(arrays.centres);
  arrays.weightsBefore.set(arrays.weights);
}

/** Takes in a step that moved centres and weights. */
export function driftBounds(bounds: RouteBounds, memory: RouteMemory, problem: RouteProblem): void {
  if (!bounds.known) return;
  const { least, most } = turnOf(memory);
  const { first, second } = movesOf(memory, problem);
  bounds.scale *= least;
  if (most > mostTurn * least || bounds.scale < leastScale) {
    bounds.known = false;
    return;
  }
  // A little more outweighs the rounding of all this.
  bounds.drift += (((most - least) * bounds.reach + first + second) / bounds.scale) * (1 + 2 ** -20);
  bounds.reach = (most * bounds.reach + first) * (1 + 2 ** -20);
}

/** The least and the largest factor by which weights may have changed a distance. */
function turnOf({ arrays, size }: RouteMemory): { readonly least: number; readonly most: number } {
  let least = Infinity;
  let most = 0;
  for (let j = 0; j < size.columnCount; j++) {
    const ratio = arrays.weights[j]! / arrays.weightsBefore[j]!;
    least = Math.min(least, ratio);
    most = Math.max(most, ratio);
  }
  return { least: Math.sqrt(least), most: Math.sqrt(most) };
}

/** The largest two moves of a centre, under the weights of now. */
function movesOf(
  { arrays, size }: RouteMemory,
  { clusterCount }: RouteProblem,
): { readonly first: number; readonly second: number } {
  const { centres, centresBefore, weights } = arrays;
  const { columnCount } = size;
  let first = 0;
  let second = 0;
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let move = 0;
    for (let at = cluster * columnCount, j = 0; j < columnCount; at++, j++) {
      const difference = centres[at]! - centresBefore[at]!;
      move += difference * difference * weights[j]!;
    }
    if (move > first) {
      second = first;
      first = move;
    } else if (move > second) second = move;
  }
  return { first: Math.sqrt(first), second: Math.sqrt(second) };
}
