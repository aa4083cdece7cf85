import type { Condition } from "./condition.js";

/** Segments drawn by ordered rules over raw values: the first rule that holds decides. */
export interface RulesModel {
  readonly kind: "rules";
  /** Scores that the rules may refer to; a nested score comes after those that it is nested in. */
  readonly scores: readonly Score[];
  readonly rules: readonly Rule[];
  /**
   * Customers whom no rule takes go to the fallback. "fallback": somebody said that this is meant; "undeclared": nobody did,
   * and a map with a hole is not exported.
   */
  readonly otherwise: "fallback" | "undeclared";
}

/** Several rules may lead to one segment. */
export interface Rule {
  /** Key of one of the definition's segments. */
  readonly segment: string;
  readonly when: Condition;
}

/**
 * A number turned into a score from 1 (worst) to `cuts.length + 1` (best) by frozen cuts.
 *
 * With c the count of cuts that the value exceeds (`value > cut`), the score is 1 + c where high is good, else
 * `cuts.length + 1 − c`: equal values always share a score.
 */
export interface Score {
  readonly name: string;
  /** A number. */
  readonly feature: string;
  /** Raw units, ascending; equal neighbours mean that a score is not used. */
  readonly cuts: readonly number[];
  readonly highIsGood: boolean;
  /** Score of a customer whose value is missing; null: the score is missing as well. */
  readonly whenMissing: number | null;
  /** Nested scores: other cuts where other scores have certain values. Absent: independent. */
  readonly within?: NestedCuts;
}

/** Cuts per combination of earlier scores; a combination that is not listed, or that holds a missing score, takes `Score.cuts`. */
export interface NestedCuts {
  /** Names of scores that come earlier. */
  readonly scores: readonly string[];
  readonly cells: readonly {
    /** One value per name in `scores`. */
    readonly at: readonly number[];
    /** As many as `Score.cuts`. */
    readonly cuts: readonly number[];
  }[];
}
