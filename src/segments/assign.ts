import { assignByRules } from "./assign-by-rules.js";
import { assignToCentres } from "./assign-to-centres.js";
import { type CustomerValues, columnsFor } from "./customer-values.js";
import type { Definition } from "./definition.js";
import { inputsOf } from "./definition-inputs.js";

/** Where each customer belongs and how clearly; entry i is customer i. */
export interface Assignment {
  readonly keys: readonly string[];
  /** Index into `definition.segments`; −1 where the customer goes to the fallback. */
  readonly labels: Int32Array;
  /** Distance to the centre, in standard deviations; NaN in the fallback and for rules. */
  readonly distances: Float64Array;
  /** Index of the next nearest segment; −1 in the fallback, for rules, or where there is only one segment. */
  readonly runnersUp: Int32Array;
  /** 0…1: by what share the centre is nearer than the next one; 0 is equidistant, 1 with one segment; NaN in the fallback and for rules. */
  readonly margins: Float64Array;
}

/** When customers are assigned. */
export interface AssignmentOptions {
  /** The day, `YYYY-MM-DD`, from which rules count days; default: that of the definition. */
  readonly asOf?: string;
}

/**
 * Puts customers into the segments of a definition: the nearest centre wins, ties go to the lowest segment number; of rules
 * the first that holds.
 *
 * Exact: every engine that runs the definition gives the same segments. A customer without a value that must be known
 * (`whenMissing: "fallback"`), or whom no rule takes, is not placed. Time O(nCustomers · nSegments · nFeatures).
 *
 * @param customers - Raw values, not scaled ones; extra columns do no harm.
 * @throws InputError if a feature that the definition needs has no column, a column is not as long as the keys, or holds
 * texts where numbers are needed.
 */
export function assignCustomers(
  definition: Definition,
  customers: CustomerValues,
  options: AssignmentOptions = {},
): Assignment {
  const { model, recipe } = definition;
  const { keys } = customers;
  if (model.kind === "kmeans-lattice") {
    const columns = columnsFor(inputsOf(definition), customers) as ArrayLike<number>[];
    return { keys, ...assignToCentres(recipe, model.centres, columns) };
  }
  return {
    keys,
    labels: assignByRules({ ...definition, model }, customers, options.asOf),
    distances: new Float64Array(keys.length).fill(Number.NaN),
    runnersUp: new Int32Array(keys.length).fill(-1),
    margins: new Float64Array(keys.length).fill(Number.NaN),
  };
}
