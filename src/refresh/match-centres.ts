import type { RecipeStep } from "../features/recipe.js";
import { assignCustomers } from "../segments/assign.js";
import type { CustomerColumn } from "../segments/customer-values.js";
import { type Definition, latticeSteps } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { assignLeast } from "../validity/match-clusters.js";

/** Segments of two definitions matched by their centres. */
export interface MatchedCentres {
  /** The one-to-one match with the shortest distances in sum, in the order of the new segments. */
  readonly pairs: readonly CentrePair[];
  /** Shape (nOld, nNew): distances in standard deviations of the customers that the old recipe was fitted on. */
  readonly distances: readonly (readonly number[])[];
  /** Made-up customers near the old borders whom both definitions place. */
  readonly borderRows: {
    readonly rows: number;
    /** Share that the new definition puts into the segment matched with the old one, 0…1. */
    readonly inMatchedSegment: number;
  };
}

/** Two segments that lie nearest to each other. */
export interface CentrePair {
  readonly old: number;
  readonly new: number;
  readonly distance: number;
}

/**
 * Matches the centres of two definitions on the scale of the old one's recipe.
 *
 * @returns null where centres do not compare: rules, other features, or other transforms.
 */
export function matchCentres(old: Definition, newer: Definition): MatchedCentres | null {
  if (old.model.kind !== "kmeans-lattice" || newer.model.kind !== "kmeans-lattice") return null;
  const steps = commonSteps(old.recipe.steps, newer.recipe.steps);
  if (steps === null) return null;
  const centresNow = newer.model.centres.map((centre) => onOldScale(centre, steps));
  const distances = old.model.centres.map((was) =>
    centresNow.map((is) => Math.hypot(...is.map((value, j) => value - was[j]! / latticeSteps))),
  );
  const [before, after] = [old.segments.length, newer.segments.length];
  const origins = assignLeast(Math.max(before, after), (a, b) =>
    a < before && b < after ? distances[a]![b]! : 0,
  );
  const pairs = newer.segments.flatMap((_, b) =>
    origins[b]! < before ? [{ old: origins[b]!, new: b, distance: distances[origins[b]!]![b]! }] : [],
  );
  return { pairs, distances, borderRows: compareBorders(old, newer, pairs) };
}

interface CommonStep {
  readonly old: RecipeStep;
  readonly new: RecipeStep;
  /** Place in the new recipe. */
  readonly place: number;
}

/** Steps of both in the order of the old recipe; null where one has another feature or transform. */
function commonSteps(old: readonly RecipeStep[], newer: readonly RecipeStep[]): readonly CommonStep[] | null {
  if (old.length !== newer.length) return null;
  const common = old.flatMap((step) => {
    const place = newer.findIndex(
      ({ feature, transform }) => feature === step.feature && transform === step.transform,
    );
    return place < 0 ? [] : [{ old: step, new: newer[place]!, place }];
  });
  return common.length === old.length ? common : null;
}

function onOldScale(centre: readonly number[], steps: readonly CommonStep[]): number[] {
  return steps.map(({ old, new: now, place }) => {
    const transformed = (centre[place]! / latticeSteps) * now.scale + now.centre;
    return (transformed - old.centre) / old.scale;
  });
}

/** The old definition's own made-up customers under both. */
function compareBorders(
  old: Definition,
  newer: Definition,
  pairs: readonly CentrePair[],
): MatchedCentres["borderRows"] {
  const columns = inputsOf(old).map(({ name }, j): [string, CustomerColumn] => [
    name,
    old.verification.map(({ inputs }) => (inputs[j] ?? Number.NaN) as number),
  ]);
  const customers = { keys: old.verification.map((_, i) => String(i)), columns: new Map(columns) };
  const [was, is] = [old, newer].map((one) => assignCustomers(one, customers).labels);
  const origins = new Map(pairs.map((pair) => [pair.new, pair.old]));
  const rows = old.verification.length;
  let together = 0;
  is!.forEach((label, i) => {
    if ((label < 0 ? -1 : origins.get(label)) === was![i]) together++;
  });
  return { rows, inMatchedSegment: rows === 0 ? 0 : together / rows };
}
