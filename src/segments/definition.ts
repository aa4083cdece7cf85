import type { Feature } from "../core/feature.js";
import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";
import type { Recipe } from "../features/recipe.js";

/** All that is needed to assign anyone to a segment. Holds no customer row. Validated by schema/definition.schema.json. */
export interface Definition {
  readonly schemaVersion: 1;
  /** Stable name of the segmentation, kebab-case. */
  readonly id: string;
  readonly version: number;
  /** As-of date, `YYYY-MM-DD`; null for a fit straight from a file that has no date. */
  readonly createdFor: string | null;
  readonly keyName: string;
  readonly features: readonly DefinitionFeature[];
  readonly recipe: Recipe;
  readonly model: KMeansLatticeModel;
  readonly segments: readonly SegmentDefinition[];
  readonly fallback: FallbackSegment;
  /** How far the segments together can be trusted; absent in a definition that was never judged. */
  readonly verdict?: DefinitionVerdict;
  /** Synthetic customers near the borders. */
  readonly verification: readonly VerificationRow[];
  /** SHA-256 of the canonical JSON without this member. */
  readonly fingerprint: string;
}

/** What a definition keeps of a feature: how to read it, not how it was computed. */
export type DefinitionFeature = Pick<Feature, "name" | "label" | "unit" | "type" | "role" | "meaning">;

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
  /** Customers in it when it was fitted. */
  readonly size: number;
  readonly verdict: SegmentVerdict;
  /** Why, in a sentence with its figures; absent in a definition that was never judged. */
  readonly reason?: string;
}

/** The verdict on all segments together, as it was when they were fitted. */
export interface DefinitionVerdict {
  readonly word: SolutionVerdict;
  /** Why, in words. */
  readonly reason: string;
  /** What the data support; 1: no reliable segments, whatever the definition holds. */
  readonly recommendedCount: number;
}

/** Where customers go who cannot be placed. */
export interface FallbackSegment {
  readonly key: "unassigned";
  readonly name: string;
  readonly description: string;
}

/** A made-up customer and the segment that every engine must put it in. */
export interface VerificationRow {
  /** Raw values in the order of the recipe's steps; null where missing. An array, because names may be `__proto__`. */
  readonly inputs: readonly (number | null)[];
  /** Key of a segment or of the fallback. */
  readonly segment: string;
}

/** Steps of the lattice in one unit of a scaled feature: 2^20. */
export const latticeSteps: number = 2 ** 20;

/** Keys of segments in label order: `s1`, `s2`, … */
export function segmentKeys(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `s${i + 1}`);
}
