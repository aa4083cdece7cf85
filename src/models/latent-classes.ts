import type { Spend } from "../cluster/run-starts.js";
import type { Random } from "../core/random.js";
import type { AnswerPatterns } from "./answer-patterns.js";
import { type Climber, joinParameters } from "./climb.js";
import { toProbabilities } from "./posterior.js";

/** Classes laid out for speed. */
export interface LatentClasses {
  readonly count: number;
  /** Length of the list of all answers of all items. */
  readonly answerCount: number;
  readonly weights: Float64Array;
  /** Shape (count, answerCount): probability of each answer in each class. */
  readonly probabilities: Float64Array;
}

/** Below it a probability is taken for it, so that its logarithm stays finite. */
const leastProbability = 1e-300;

/** Classes of equal size with random probabilities. */
export function drawClasses({ begins }: AnswerPatterns, count: number, random: Random): LatentClasses {
  const answerCount = begins.at(-1)!;
  const classes = {
    count,
    answerCount,
    weights: new Float64Array(count).fill(1 / count),
    probabilities: new Float64Array(count * answerCount),
  };
  for (let at = 0; at < classes.probabilities.length; at++)
    classes.probabilities[at] = -Math.log(1 - random.next() * (1 - 2 ** -20));
  scaleItems(classes, begins);
  return classes;
}

/** Writes ln(weight · probability of the answers) of one pattern for every class; missing answers count as any. */
export function fillLogClasses(
  target: Float64Array,
  logs: { readonly weights: Float64Array; readonly answers: Float64Array },
  pattern: { readonly answers: Int32Array; readonly begin: number; readonly itemCount: number },
): void {
  const answerCount = logs.answers.length / target.length;
  const { answers, begin, itemCount } = pattern;
  for (let latent = 0; latent < target.length; latent++) {
    let sum = logs.weights[latent]!;
    for (let at = begin; at < begin + itemCount; at++)
      if (answers[at]! >= 0) sum += logs.answers[latent * answerCount + answers[at]!]!;
    target[latent] = sum;
  }
}

/** Logarithms of the classes' weights and probabilities. */
export function logsOf({ weights, probabilities }: LatentClasses): {
  readonly weights: Float64Array;
  readonly answers: Float64Array;
} {
  const logarithm = (value: number) => Math.log(Math.max(value, leastProbability));
  return { weights: weights.map(logarithm), answers: probabilities.map(logarithm) };
}

/** Classes as EM climbs with them: weights first, then all probabilities. */
export function classClimber(patterns: AnswerPatterns, classes: LatentClasses, spend: Spend): Climber {
  const { weights, probabilities } = classes;
  return {
    step: openClassStep(patterns, classes, spend),
    read: () => joinParameters([weights, probabilities]),
    write(parameters) {
      // A probability that would fall below 0 stays what it is: many end at 0, and the others shall go on.
      parameters.forEach((value, at) => {
        if (value < 0) return;
        if (at < weights.length) weights[at] = value;
        else probabilities[at - weights.length] = value;
      });
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (let latent = 0; latent < weights.length; latent++) weights[latent]! /= total;
      scaleItems(classes, patterns.begins);
      return true;
    },
  };
}

/** One iteration of EM over the patterns; returns the log-likelihood before it. */
function openClassStep(patterns: AnswerPatterns, classes: LatentClasses, spend: Spend): () => number {
  const { patternCount, itemCount, answers, counts, begins } = patterns;
  const { count, answerCount, weights, probabilities } = classes;
  const own = new Float64Array(count);
  return () => {
    const logs = logsOf(classes);
    weights.fill(0);
    probabilities.fill(0);
    let logLikelihood = 0;
    for (let pattern = 0; pattern < patternCount; pattern++) {
      const begin = pattern * itemCount;
      fillLogClasses(own, logs, { answers, begin, itemCount });
      logLikelihood += counts[pattern]! * toProbabilities(own);
      for (let latent = 0; latent < count; latent++) {
        const rows = counts[pattern]! * own[latent]!;
        weights[latent]! += rows;
        for (let at = begin; at < begin + itemCount; at++)
          if (answers[at]! >= 0) probabilities[latent * answerCount + answers[at]!]! += rows;
      }
    }
    spend(patternCount * count);
    const total = weights.reduce((sum, rows) => sum + rows, 0);
    for (let latent = 0; latent < count; latent++) weights[latent]! /= total;
    scaleItems(classes, begins);
    return logLikelihood;
  };
}

/** The same classes, apart from the given ones. */
export function copyClasses(classes: LatentClasses): LatentClasses {
  const { weights, probabilities } = classes;
  return { ...classes, weights: weights.slice(), probabilities: probabilities.slice() };
}

/** One class more: half of the given class, with its answers shifted at random. */
export function splitClass(
  { count, answerCount, weights, probabilities }: LatentClasses,
  latent: number,
  { begins, random }: { readonly begins: readonly number[]; readonly random: Random },
): LatentClasses {
  const split = {
    count: count + 1,
    answerCount,
    weights: Float64Array.of(...weights, weights[latent]! / 2),
    probabilities: new Float64Array((count + 1) * answerCount),
  };
  split.weights[latent]! /= 2;
  split.probabilities.set(probabilities);
  for (let at = 0; at < answerCount; at++)
    split.probabilities[count * answerCount + at] =
      probabilities[latent * answerCount + at]! * (0.5 + random.next());
  scaleItems(split, begins);
  return split;
}

/** The classes in another order. */
export function reorderClasses(classes: LatentClasses, order: readonly number[]): LatentClasses {
  const { answerCount, weights, probabilities } = classes;
  return {
    ...classes,
    weights: weights.map((_, place) => weights[order[place]!]!),
    probabilities: probabilities.map(
      (_, at) => probabilities[order[Math.floor(at / answerCount)]! * answerCount + (at % answerCount)]!,
    ),
  };
}

/** Makes the answers of every item sum to 1 in every class; a class that nobody answered for takes all alike. */
function scaleItems({ count, answerCount, probabilities }: LatentClasses, begins: readonly number[]): void {
  for (let latent = 0; latent < count; latent++) {
    for (let item = 0; item < begins.length - 1; item++) {
      const answers = probabilities.subarray(
        latent * answerCount + begins[item]!,
        latent * answerCount + begins[item + 1]!,
      );
      const sum = answers.reduce((total, answer) => total + answer, 0);
      for (let at = 0; at < answers.length; at++)
        answers[at] = sum > 0 ? answers[at]! / sum : 1 / answers.length;
    }
  }
}
