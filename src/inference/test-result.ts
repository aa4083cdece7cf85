import type { MissingOptions } from "./check-groups.js";

/** An interval around an estimate. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Share of such intervals that hold the true value, such as 0.95. */
  readonly level: number;
  /** How it was made, in words: "bootstrap over rows, 400 resamples, seed 1". */
  readonly method: string;
}

/** How large a difference is, which a p-value does not say. */
export interface EffectSize {
  /** "omega squared", "rank epsilon squared", "Cramér's V", … */
  readonly name: string;
  readonly value: number;
  /** Range and direction in words: "0 to 1, higher: more of the variation lies between the groups". */
  readonly scale: string;
  /** null where an interval would be unsound, with the reason in the notes. */
  readonly interval: Interval | null;
  /** What the value means: "medium: 8.1 % of the variation lies between the groups". */
  readonly words: string;
}

/** The outcome of one test of the hypothesis that the groups do not differ. */
export interface TestResult {
  /** "Welch ANOVA", "Kruskal–Wallis", "chi-squared", … */
  readonly method: string;
  readonly statistic: number;
  /** One number, or two for F: between the groups, within the groups; none for a rank sum or an exact test. */
  readonly degreesOfFreedom: readonly number[];
  /** 1e-300…1, never 0; 1e-300 stands for anything smaller, and a note says so. */
  readonly pValue: number;
  readonly effect: EffectSize;
  /** What a reader has to know before believing it. */
  readonly notes: readonly string[];
}

/** Options of the interval around an effect size. */
export interface IntervalOptions {
  /** Seed of the bootstrap; default 1. The same data and seed give the same interval. */
  readonly seed?: number;
  /** Share of such intervals that hold the true value, above 0 and below 1; default 0.95. */
  readonly level?: number;
  /** Bootstrap resamples; default 400. 0: no interval. */
  readonly resamples?: number;
}

/** Options of a test on groups of numbers. */
export interface TestOptions extends IntervalOptions, MissingOptions {}
