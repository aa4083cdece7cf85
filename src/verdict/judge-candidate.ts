import type { Matrix } from "../core/matrix.js";
import { routePoints } from "./fit-solution.js";
import type { WorkOptions } from "./fit-trials.js";
import type { CopyModel } from "./group-free-copies.js";
import { judgeSolution } from "./judge-solution.js";
import type { JudgedSolution } from "./judgement.js";
import { type ComparedCandidate, routeColumnsOf } from "./measure-separation.js";
import { placeSolution } from "./place-solution.js";
import type { PreparedRows } from "./prepare-rows.js";
import { type RefitPlan, refitSolution } from "./refit-solution.js";

/** What a candidate is judged with. */
export interface CandidateContext {
  readonly prepared: PreparedRows;
  readonly model: CopyModel;
  readonly plan: RefitPlan;
  /** The smallest p of all counts and routes. */
  readonly smallestP: number;
  /** Some count on some route parts further than copies. */
  readonly groupsExist: boolean;
  readonly work: WorkOptions;
}

/** Refits a candidate, and judges it by its valleys and by how it came back. */
export function judgeCandidate(
  matrix: Matrix,
  { trial, labels, weights, pairs, separation }: ComparedCandidate,
  { prepared, model, plan, smallestP, groupsExist, work }: CandidateContext,
): JudgedSolution {
  const { scores } = prepared;
  const columns = routeColumnsOf(prepared);
  const overlaps = refitSolution({ scores, labels, columns, model, trial, plan }, work);
  const points = routePoints(scores, columns, trial.route);
  const judged = judgeSolution({
    trial,
    rows: { points, weights, labels, clusterCount: trial.count },
    pairs,
    separationP: separation.pValue,
    partsFurther: separation.partsFurther,
    smallestP,
    groupsExist,
    overlaps,
  });
  return { ...judged, ...placeSolution(matrix, prepared, { labels, count: trial.count }) };
}
