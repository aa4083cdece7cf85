import type { Spend } from "../cluster/run-starts.js";
import type { Random } from "../core/random.js";
import type { AnswerPatterns } from "./answer-patterns.js";
import { type Climb, climb, toleranceFor } from "./climb.js";
import { classClimber, drawClasses, type LatentClasses } from "./latent-classes.js";

/** Where one start of a latent class model ended. */
export interface ClassStart extends Climb {
  readonly classes: LatentClasses;
}

/** What every start of a search for classes takes. */
export interface ClassSearch {
  readonly clusterCount: number;
  readonly maxIterations: number;
  readonly random: Random;
  readonly spend: Spend;
}

/** One start from random classes. */
export function startClasses(patterns: AnswerPatterns, search: ClassSearch, start: number): ClassStart {
  const { clusterCount, random } = search;
  return climbClasses(patterns, drawClasses(patterns, clusterCount, random.fork(start)), search);
}

/** Climbs from the given classes, which move. */
export function climbClasses(
  patterns: AnswerPatterns,
  classes: LatentClasses,
  { maxIterations, spend }: Pick<ClassSearch, "maxIterations" | "spend">,
): ClassStart {
  const tolerance = toleranceFor(patterns.patternOf.length);
  return { classes, ...climb(classClimber(patterns, classes, spend), { maxIterations, tolerance }) };
}
