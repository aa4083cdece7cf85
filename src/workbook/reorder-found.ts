import type { FenceSitters } from "../validity/fence-sitters.js";
import type { FoundSegments } from "./find-segments.js";
import { renumberSolution } from "./renumber-solution.js";

/**
 * Found segments in another order.
 *
 * @param order - The segment, as found, that stands at each place.
 */
export function reorderFound(found: FoundSegments, order: readonly number[]): FoundSegments {
  const { fit, solution, fence, verdicts } = found;
  const places = Int32Array.from(order);
  order.forEach((segment, place) => {
    places[segment] = place;
  });
  const inOrder = <Part>(parts: ArrayLike<Part>): Part[] => order.map((segment) => parts[segment]!);
  const centres = inOrder(fit.centres);
  return {
    ...found,
    fit: {
      ...fit,
      labels: fit.labels.map((label) => (label < 0 ? label : places[label]!)),
      centres,
      sizes: inOrder(fit.sizes),
      ...(fit.weights && { weights: inOrder(fit.weights) }),
    },
    solution: solution && renumberSolution(solution, centres),
    fence: fence && reorderFence(fence, places),
    verdicts: inOrder(verdicts),
  };
}

function reorderFence(fence: FenceSitters, places: Int32Array): FenceSitters {
  return {
    ...fence,
    list: fence.list.map((sitter) => ({
      ...sitter,
      segment: places[sitter.segment]!,
      neighbour: sitter.neighbour === null ? null : places[sitter.neighbour]!,
    })),
    segments: fence.segments
      .map((one) => ({ ...one, segment: places[one.segment]! }))
      .sort((one, other) => one.segment - other.segment),
  };
}
