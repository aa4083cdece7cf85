import type { Feature } from "../core/feature.js";

/** Key and name of a segment, in label order. */
export interface SegmentLabel {
  readonly key: string;
  readonly name: string;
}

/** What the segments are like, in the units of the data. */
export interface Profile {
  /** Customers in a segment. */
  readonly customers: number;
  /** Customers in no segment; they count in no figure here. */
  readonly unassigned: number;
  /** Name of the feature that revenue shares are taken from; null without one. */
  readonly moneyFeature: string | null;
  /** All customers of all segments together, the "total = 100" of every index. */
  readonly total: readonly FeatureProfile[];
  readonly segments: readonly SegmentProfile[];
  /** A figure of fewer customers makes no marker and is not shown, nor is one that would give it away: it would describe a person. */
  readonly smallestGroup: number;
  /** What makes a marker, in words. */
  readonly markerRule: string;
  readonly notes: readonly string[];
}

export interface SegmentProfile {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** Share of the customers in segments, 0–1. */
  readonly share: number;
  /** Sum of the money feature, in its unit; null without one. */
  readonly revenue: number | null;
  /** Share of the total revenue; null without a money feature or where the total is not above 0. */
  readonly revenueShare: number | null;
  /** One summary per feature, in the order of `Profile.total`. */
  readonly features: readonly SegmentFeature[];
  /** What sets the segment apart, strongest first. */
  readonly markers: readonly Marker[];
  /** The customer in the middle: medians and most frequent categories, in words. */
  readonly typical: readonly string[];
}

export type FeatureProfile = NumberProfile | CategoryProfile;
export type SegmentFeature = SegmentNumber | SegmentCategory;

/** A numeric feature of a group of customers, in its own unit. Null where nobody's value is known. */
export interface NumberProfile {
  readonly kind: "number";
  readonly feature: Feature;
  readonly known: number;
  readonly mean: number | null;
  readonly median: number | null;
  /** Standard deviation (n − 1); 0 for one customer. */
  readonly standardDeviation: number | null;
  /** Smallest known value. */
  readonly least: number | null;
}

export interface SegmentNumber extends NumberProfile {
  /** 100 · mean / mean of all; null unless every known value is 0 or more and the mean of all is above 0. */
  readonly index: number | null;
  /** (mean − mean of all) in standard deviations pooled within the segments; null where nothing varies within them. */
  readonly difference: number | null;
  /** Distance of the mean from that of all against chance, no unit, beyond ±2 hardly by chance; null where nothing varies. A ranking, no test. */
  readonly vTest: number | null;
  /** Whether it may be seen: known of enough customers, and no key to a segment where it is not. */
  readonly isShown: boolean;
}

/** A categorical feature of a group of customers. */
export interface CategoryProfile {
  readonly kind: "category";
  readonly feature: Feature;
  readonly known: number;
  /** Most frequent in total first, ties by name; the same order in every segment. */
  readonly categories: readonly CategoryShare[];
}

export interface SegmentCategory {
  readonly kind: "category";
  readonly feature: Feature;
  readonly known: number;
  readonly categories: readonly SegmentCategoryShare[];
}

export interface CategoryShare {
  readonly category: string;
  readonly count: number;
  /** Share of the known, 0–1; 0 where nobody's is known. */
  readonly share: number;
}

export interface SegmentCategoryShare extends CategoryShare {
  /** 100 · share / share of all. */
  readonly index: number;
  /** As for a number; null where everyone has the category. */
  readonly vTest: number | null;
  /** Whether it may be seen: of enough customers, and no key to a cell of too few. */
  readonly isShown: boolean;
}

/** One thing that sets a segment apart from all customers. */
export interface Marker {
  readonly feature: Feature;
  /** The category that is more or less frequent; null for a numeric feature. */
  readonly category: string | null;
  readonly direction: "above" | "below";
  /** Mean of the segment, or share of the category (0–1). */
  readonly value: number;
  /** The same of all customers in segments. */
  readonly total: number;
  /** Median of the segment; null for a category. */
  readonly median: number | null;
  /** 100 · value / total; null where that ratio means nothing. */
  readonly index: number | null;
  /**
   * 0–10, higher: stands out more. Numeric: |difference| in pooled standard deviations, 10 where nothing varies within the segments;
   * category: Cohen's h, |2·asin √share − 2·asin √(share of all)|.
   */
  readonly strength: number;
  /** Distance from all customers against chance, no unit; its sign is the direction. A ranking, no test. */
  readonly vTest: number;
}
