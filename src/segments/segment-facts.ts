import type { Feature } from "../core/feature.js";
import type { PrivacyConfig } from "../core/privacy.js";
import type { SegmentOverview } from "./segment-card.js";

/** What is told of the segments outside the house: figures of groups large enough to be seen, and nothing of anyone alone. */
export interface SegmentFacts {
  /** Fingerprint of the definition that they belong to. */
  readonly fingerprint: string;
  readonly overview: SegmentOverview;
  /** Name of the amount in `revenue`; null without one. */
  readonly revenueOf: string | null;
  /** In label order, as are all arrays per segment below. */
  readonly segments: readonly SegmentFact[];
  readonly features: readonly FeatureFact[];
  /** Smallest group of customers of which a figure is given. */
  readonly smallestGroup: number;
  /** Figures left out because they are of fewer, or would give such a one away. */
  readonly hidden: number;
  /** What had to hold of them. */
  readonly privacy: PrivacyConfig;
}

export interface SegmentFact {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** Share of the customers in segments, 0–1. */
  readonly share: number;
  /** Sum, in the workbook's currency; null where it may not be seen. */
  readonly revenue: number | null;
  readonly revenueShare: number | null;
  /** What sets it apart, strongest first. */
  readonly markers: readonly string[];
  /** The customer in the middle, a phrase per feature. */
  readonly typical: readonly string[];
  /** Rules with round limits that lead here; they explain the segment, they do not define it. */
  readonly rule: RuleFact | null;
  /** What it buys clearly more (index above 100) or less of, the clearest first. */
  readonly buys: readonly BuyFact[];
}

export interface RuleFact {
  /** One or more rules, any of which holds. */
  readonly words: readonly string[];
  /** Share of the segment whom the rules find, 0–1. */
  readonly found: number | null;
  /** Share of those found who belong to it, 0–1. */
  readonly right: number | null;
}

export interface BuyFact {
  readonly category: string;
  /** Share of the segment's purchases, 0–1. */
  readonly share: number;
  /** All customers = 100. */
  readonly index: number;
}

/** A number, or one category of a feature, of all customers and of each segment; null where it may not be seen. */
export type FeatureFact = NumberFact | CategoryFact;

/** What is told of the feature itself. */
export type FactFeature = Pick<Feature, "name" | "label" | "unit" | "role">;

export interface NumberFact extends FactFeature {
  readonly kind: "number";
  readonly all: NumberFigures;
  readonly segments: readonly (NumberFigures | null)[];
}

export interface NumberFigures {
  /** Customers whose value is known. */
  readonly known: number;
  readonly mean: number | null;
  readonly median: number | null;
  /** All customers = 100; null where a ratio means nothing. */
  readonly index: number | null;
}

export interface CategoryFact extends FactFeature {
  readonly kind: "category";
  readonly category: string;
  readonly all: CategoryFigures;
  readonly segments: readonly (CategoryFigures | null)[];
}

export interface CategoryFigures {
  readonly count: number;
  /** Share of those whose category is known, 0–1. */
  readonly share: number;
  /** All customers = 100. */
  readonly index: number;
}
