import type { TransformName } from "../core/feature.js";

/** Every constant between a raw value and the lattice. */
export interface Recipe {
  /** Lattice step is 2^−latticeBits. */
  readonly latticeBits: 20;
  /** Scaled values are clamped to ±clamp. */
  readonly clamp: 8;
  /** One step per basis feature, in column order. */
  readonly steps: readonly RecipeStep[];
  /** What was left out and why, such as a constant column. */
  readonly notes: readonly string[];
}

export interface RecipeStep {
  readonly feature: string;
  /** Value that stands in for a missing one (the median), on the raw scale. */
  readonly impute: number;
  /** What a missing value does to a customer at assignment: imputed where missing was normal when fitted, else the fallback. */
  readonly whenMissing: "impute" | "fallback";
  readonly transform: TransformName;
  /** Mean after the transform. */
  readonly centre: number;
  /** Standard deviation (n − 1) after the transform. */
  readonly scale: number;
}
