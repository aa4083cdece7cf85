import type { Feature } from "../core/feature.js";
import type { SegmentVerdict, SolutionVerdict } from "../core/verdict.js";
import type { Expression } from "../features/expression.js";
import type { Recipe } from "../features/recipe.js";
import type { RulesModel } from "./rules-model.js";

/** All that is needed to assign anyone to a segment. Holds no customer row. Validated by schema/definition.schema.json. */
export interface Definition {
  readonly schemaVersion: 1;
  /** Stable name of the segmentation, kebab-case. */
  readonly id: string;
  readonly version: number;
  /** As-of date, `YYYY-MM-DD`; null for a fit straight from a file that has no date. */
  readonly createdFor: string | null;
  /** Days after `createdFor` for which it is fresh; absent: 100. */
  readonly maxAgeDays?: number;
  readonly keyName: string;
  readonly features: readonly DefinitionFeature[];
  /** Constants of `kmeans-lattice`; rules compare raw values and have no steps. */
  readonly recipe: Recipe;
  readonly model: KMeansLatticeModel | RulesModel;
  readonly segments: readonly SegmentDefinition[];
  readonly fallback: FallbackSegment;
  /** How far the segments together can be trusted; absent in a definition that was never judged. */
  readonly verdict?: DefinitionVerdict;
  /** Only of rules that stand in for other segments, for tools that know nothing but filters. */
  readonly surrogate?: Surrogate;
  /** Definitions whose segments the rules refer to, whole, each with its own fingerprint; ids differ. */
  readonly nested: readonly Definition[];
  /** Fingerprint of the definition that this one came from; null for a first one. */
  readonly lineage: string | null;
  /** Who answers for it; null if nobody said. */
  readonly owner: string | null;
  /** Free text of its makers. */
  readonly notes: readonly string[];
  /** Synthetic customers near the borders. */
  readonly verification: readonly VerificationRow[];
  /** SHA-256 of the canonical JSON without this member. */
  readonly fingerprint: string;
}

/** A definition whose segments are the nearest of centres. */
export type KMeansDefinition = Definition & { readonly model: KMeansLatticeModel };

/** A definition whose segments are drawn by rules. */
export type RulesDefinition = Definition & { readonly model: RulesModel };

/** What a definition keeps of a feature: how to read it and, where it comes from a workbook, how it is computed. */
export interface DefinitionFeature extends Pick<Feature, "name" | "label" | "unit" | "role" | "meaning"> {
  /** A date is a text `YYYY-MM-DD`; a text of another shape is missing. */
  readonly type: "number" | "category" | "date";
  /** The kind of source that the expression runs over, such as "transactions". */
  readonly source?: string;
  /** Which days count: "all", "last 90 days", "state". */
  readonly window?: string;
  /** A tree without SQL over the rows of the source. */
  readonly expression?: Expression;
}

export interface KMeansLatticeModel {
  readonly kind: "kmeans-lattice";
  /** Integer centres in lattice steps, one row per segment, one value per recipe step. */
  readonly centres: readonly (readonly number[])[];
}

export interface SegmentDefinition {
  /** `s1`, `s2`, …, by size at the first fit; later ones take the next number, and none is used again. */
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

/** How well rules that were grown to imitate other segments do so. */
export interface Surrogate {
  /** Fingerprint of the definition that is imitated. */
  readonly of: string;
  /** Customers on whom the agreement was measured. */
  readonly customers: number;
  /** Share of them whom the rules put into the same segment, 0 to 1. */
  readonly agreement: number;
  readonly segments: readonly {
    readonly key: string;
    /** Share of the segment's customers whom the rules find, 0 to 1; null if it has none. */
    readonly found: number | null;
    /** Share of those whom the rules put there who belong there, 0 to 1; null if there are none. */
    readonly right: number | null;
  }[];
}

/** A made-up customer and the segment that every engine must put it in. */
export interface VerificationRow {
  /** Raw values in the order of `inputsOf`; null where missing. An array, because names may be `__proto__`. */
  readonly inputs: readonly (number | string | null)[];
  /** Key of a segment or of the fallback. */
  readonly segment: string;
}

/** Steps of the lattice in one unit of a scaled feature: 2^20. */
export const latticeSteps: number = 2 ** 20;

/** Keys of the segments of a first fit, in label order: `s1`, `s2`, … */
export function segmentKeys(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `s${i + 1}`);
}
