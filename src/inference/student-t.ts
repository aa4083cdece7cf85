import { normalQuantile } from "../core/special-functions.js";
import { findRoot } from "./find-root.js";
import { fUpperTail } from "./tail-probability.js";

/** Probability that Student's t lies at least as far from 0 as `statistic`; 1e-300…1. */
export function tTwoSided(statistic: number, degreesOfFreedom: number): number {
  return fUpperTail(statistic * statistic, 1, degreesOfFreedom);
}

/** Probability that Student's t is at least `statistic`; 1e-300…1. */
export function tUpperTail(statistic: number, degreesOfFreedom: number): number {
  const outside = tTwoSided(statistic, degreesOfFreedom) / 2;
  return statistic >= 0 ? outside : 1 - outside;
}

/** The value above 0 beyond which Student's t lies with probability `tail` (above 0, below ½). */
export function tUpperQuantile(tail: number, degreesOfFreedom: number): number {
  const start = normalQuantile(1 - tail);
  let high = 2 * start;
  while (tUpperTail(high, degreesOfFreedom) > tail) high *= 2;
  return findRoot((t) => Math.log(tUpperTail(t, degreesOfFreedom) / tail), 0.9 * start, high);
}
