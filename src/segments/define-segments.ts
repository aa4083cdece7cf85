import { checkCount, checkSameLength, describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Feature } from "../core/feature.js";
import type { SegmentVerdict } from "../core/verdict.js";
import type { Recipe } from "../features/recipe.js";
import { checkDefinition } from "./check-definition.js";
import {
  type DefinitionFeature,
  type DefinitionVerdict,
  type KMeansDefinition,
  latticeSteps,
  type SegmentDefinition,
  segmentKeys,
} from "./definition.js";
import { toDefinitionFeature } from "./definition-feature.js";
import { fingerprintOf } from "./fingerprint.js";
import { writtenMaxAge } from "./staleness.js";
import { verificationInputs } from "./verification.js";
import { verifyRows } from "./verify-rows.js";

/** What a person or a rule calls a segment. */
export interface SegmentName {
  readonly name: string;
  readonly description?: string;
}

/** Everything a definition is made from. */
export interface SegmentsToDefine {
  /** Stable name of the segmentation, kebab-case; see `definitionId`. */
  readonly id: string;
  /** Default 1. */
  readonly version?: number;
  /** As-of date, `YYYY-MM-DD`; null for a fit from a file that has no date. */
  readonly createdFor: string | null;
  /** Days after `createdFor` for which it is fresh; default 100. */
  readonly maxAgeDays?: number;
  readonly keyName: string;
  /** Fingerprint of the definition that this one comes from. */
  readonly lineage?: string;
  /** Who answers for it. */
  readonly owner?: string;
  /** Free text of its makers. */
  readonly notes?: readonly string[];
  /** At least the features of the recipe; others are listed in the definition too. */
  readonly features: readonly (DefinitionFeature | Feature)[];
  readonly recipe: Recipe;
  /** Centres on the lattice, shape (nSegments, nSteps), and how many customers each has; largest first. */
  readonly fit: {
    readonly centres: readonly (readonly number[])[];
    readonly sizes: ArrayLike<number>;
    /** Must be absent: a definition knows plain distances only. */
    readonly columnWeights?: readonly number[];
  };
  /** One per centre, numbers ascending; default `s1`, `s2`, … A segment that goes on under a new definition keeps its key. */
  readonly keys?: readonly string[];
  /** One per segment. */
  readonly verdicts: readonly SegmentVerdict[];
  /** Why, one per segment. */
  readonly reasons?: readonly string[];
  /** On all segments together; absent: never judged. */
  readonly verdict?: DefinitionVerdict;
  /** Segment key → the analyst's name; wins over a suggested one, whose description stays unless there is another. */
  readonly names?: ReadonlyMap<string, SegmentName>;
  /** Segment key → a name made from markers; without one a segment is "Segment 1", "Segment 2", … */
  readonly suggestedNames?: ReadonlyMap<string, SegmentName>;
}

/**
 * Turns found clusters into a definition that any engine can execute and a later month can still recognise.
 *
 * Cluster i becomes segment `s<i+1>`, or that of `keys`. Same input, same bytes; no customer row goes in: the verification rows are made up.
 *
 * @throws InputError if centres are not on the lattice, columns were weighted, lengths differ, an analyst's name is for
 * a segment that does not exist, a feature of the recipe is not listed, or the recipe has more than 32 steps.
 */
export function defineSegments(parts: SegmentsToDefine): KMeansDefinition {
  const { id, version = 1, createdFor, keyName, recipe } = parts;
  checkCount("defineSegments", "version", version, 1);
  if (parts.fit.columnWeights !== undefined)
    throw new InputError(
      "defineSegments: fit must be without columnWeights, got one with them. Weigh blocks in the recipe instead",
    );
  const centres = integerCentres(parts.fit.centres);
  const unverified: KMeansDefinition = {
    schemaVersion: 1,
    id,
    version,
    createdFor,
    ...writtenMaxAge(parts.maxAgeDays),
    keyName,
    features: parts.features.map(toDefinitionFeature),
    recipe,
    model: { kind: "kmeans-lattice", centres },
    segments: nameSegments(parts, centres.length),
    fallback: {
      key: "unassigned",
      name: "Unassigned",
      description: "Customers of whom a value that the segments need is not known.",
    },
    ...(parts.verdict && { verdict: parts.verdict }),
    nested: [],
    lineage: parts.lineage ?? null,
    owner: parts.owner ?? null,
    notes: parts.notes ?? [],
    verification: [],
    fingerprint: "0".repeat(64),
  };
  checkDefinition("defineSegments", unverified);
  const complete = {
    ...unverified,
    verification: verifyRows(unverified, verificationInputs(recipe, centres)),
  };
  return { ...complete, fingerprint: fingerprintOf(complete) };
}

/** A kebab-case id from a workbook's name: "Sample shop" becomes `sample-shop`; `segments` where no letter is left. */
export function definitionId(name: string): string {
  const plain = name.normalize("NFKD").toLowerCase();
  const words = plain.replaceAll(/\p{Mark}/gu, "").match(/[a-z0-9]+/g);
  return words?.join("-") ?? "segments";
}

function integerCentres(centres: readonly (readonly number[])[]): number[][] {
  return centres.map((centre, i) =>
    centre.map((value) => {
      const steps = value * latticeSteps + 0;
      if (Number.isSafeInteger(steps)) return steps;
      throw new InputError(
        `defineSegments: centres must be multiples of 2^-20, got ${value} in that of segment s${i + 1}`,
      );
    }),
  );
}

function nameSegments(parts: SegmentsToDefine, count: number): SegmentDefinition[] {
  const { fit, verdicts, reasons, names = new Map(), suggestedNames = new Map() } = parts;
  checkSameLength("defineSegments", "sizes", fit.sizes, count, "one per centre");
  checkSameLength("defineSegments", "verdicts", verdicts, count, "one per centre");
  if (reasons !== undefined) checkSameLength("defineSegments", "reasons", reasons, count, "one per centre");
  const keys = parts.keys ?? segmentKeys(count);
  checkSameLength("defineSegments", "keys", keys, count, "one per centre");
  const strangers = [...names.keys()].filter((key) => !keys.includes(key));
  if (strangers.length > 0)
    throw new InputError(
      `defineSegments: names must be for segments that exist (${listForMessage(keys)}), got ${listForMessage(strangers.map(describeValue))}`,
    );
  return keys.map((key, i) => {
    const suggested: SegmentName = suggestedNames.get(key) ?? { name: `Segment ${key.slice(1)}` };
    const { name, description = suggested.description ?? "" }: SegmentName = names.get(key) ?? suggested;
    const size = fit.sizes[i]!;
    return { key, name, description, size, verdict: verdicts[i]!, ...(reasons && { reason: reasons[i]! }) };
  });
}
