import type { Feature } from "../core/feature.js";
import type { Recipe } from "../features/recipe.js";

export type SegmentVerdict = "natural" | "reproducible" | "constructive" | "not-supported";

/** All that is needed to assign anyone to a segment. Holds no customer row. Validated by schema/definition.schema.json. */
export interface Definition {
  readonly schemaVersion: 1;
  /** Stable name of the segmentation, kebab-case. */
  readonly id: string;
  readonly version: number;
  /** As-of date, `YYYY-MM-DD`; null for a fit straight from a file that has no date. */
  readonly createdFor: string | null;
  readonly keyName: string;
  readonly features: readonly Pick<Feature, "name" | "label" | "unit" | "type" | "role" | "meaning">[];
  readonly recipe: Recipe;
  readonly model: KMeansLatticeModel;
  readonly segments: readonly SegmentDefinition[];
  readonly fallback: { readonly key: "unassigned"; readonly name: string; readonly description: string };
  /** Synthetic customers near the borders; NaN is written as null. */
  readonly verification: readonly VerificationRow[];
  /** SHA-256 of the canonical JSON without this member. */
  readonly fingerprint: string;
}

export interface KMeansLatticeModel {
  readonly kind: "kmeans-lattice";
  /** Integer centres in lattice steps, one row per segment, one value per recipe step. */
  readonly centres: readonly (readonly number[])[];
}

export interface SegmentDefinition {
  /** `s1`, `s2`, …, by size at the first fit. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly size: number;
  readonly verdict: SegmentVerdict;
}

export interface VerificationRow {
  readonly inputs: Readonly<Record<string, number | null>>;
  readonly segment: string;
}
