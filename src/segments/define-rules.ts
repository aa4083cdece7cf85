import { checkCount } from "../core/check.js";
import type { Feature } from "../core/feature.js";
import { assignByRules } from "./assign-by-rules.js";
import { checkDefinition } from "./check-definition.js";
import type { CustomerValues } from "./customer-values.js";
import type { SegmentName } from "./define-segments.js";
import type {
  Definition,
  DefinitionFeature,
  FallbackSegment,
  RulesDefinition,
  SegmentDefinition,
  Surrogate,
} from "./definition.js";
import { toDefinitionFeature } from "./definition-feature.js";
import { fingerprintOf } from "./fingerprint.js";
import { ruleVerificationInputs } from "./rule-verification.js";
import type { Rule, RulesModel, Score } from "./rules-model.js";
import { writtenMaxAge } from "./staleness.js";
import { verifyRows } from "./verify-rows.js";

/** Everything that a definition by rules is made from. */
export interface RulesToDefine {
  /** Stable name of the segmentation, kebab-case; see `definitionId`. */
  readonly id: string;
  /** Default 1. */
  readonly version?: number;
  /** As-of date, `YYYY-MM-DD`, from which rules count days; null where none of them does. */
  readonly createdFor: string | null;
  /** Days after `createdFor` for which it is fresh; default 100. */
  readonly maxAgeDays?: number;
  readonly keyName: string;
  /** At least the features that scores and rules read. */
  readonly features: readonly (DefinitionFeature | Feature)[];
  /** Segment i has the key `s<i+1>`. */
  readonly segments: readonly SegmentName[];
  /** Frozen scores that the rules refer to; see `freezeScores`. */
  readonly scores?: readonly Score[];
  /** In order: the first that holds decides. */
  readonly rules: readonly Rule[];
  /** "fallback": customers whom no rule takes are meant to go there. Default "undeclared". */
  readonly otherwise?: RulesModel["otherwise"];
  readonly fallback?: SegmentName;
  /** Definitions whose segments the rules refer to. */
  readonly nested?: readonly Definition[];
  /** Customers to count for the sizes; they are not kept. Default: sizes 0. */
  readonly customers?: CustomerValues;
  /** Fingerprint of the definition that this one comes from. */
  readonly lineage?: string;
  readonly owner?: string;
  readonly notes?: readonly string[];
  readonly surrogate?: Surrogate;
}

/**
 * Draws segments by rules: a definition that any engine can execute, like one of found clusters.
 *
 * The first rule that holds decides; whether every customer is taken by one, and by one only, is for {@link checkRules} to say.
 * The verdict on each segment is "constructive": its borders were chosen. Same input, same bytes; no customer row goes in.
 *
 * @throws InputError naming the member if a rule, a score or a nested definition does not fit the rest.
 */
export function defineRules(parts: RulesToDefine): RulesDefinition {
  const { id, version = 1, createdFor, keyName, nested = [], customers } = parts;
  checkCount("defineRules", "version", version, 1);
  const { scores = [], rules, otherwise = "undeclared" } = parts;
  const uncounted: RulesDefinition = {
    schemaVersion: 1,
    id,
    version,
    createdFor,
    ...writtenMaxAge(parts.maxAgeDays),
    keyName,
    features: parts.features.map(toDefinitionFeature),
    recipe: { latticeBits: 20, clamp: 8, steps: [], notes: [] },
    model: { kind: "rules", scores, rules, otherwise },
    segments: parts.segments.map((segment, i) => ruleSegment(segment, i)),
    fallback: fallbackOf(parts),
    ...(parts.surrogate && { surrogate: parts.surrogate }),
    nested,
    lineage: parts.lineage ?? null,
    owner: parts.owner ?? null,
    notes: parts.notes ?? [],
    verification: [],
    fingerprint: "0".repeat(64),
  };
  checkDefinition("defineRules", uncounted);
  const counted =
    customers === undefined ? uncounted : { ...uncounted, segments: withSizes(uncounted, customers) };
  const complete = { ...counted, verification: verifyRows(counted, ruleVerificationInputs(counted)) };
  return { ...complete, fingerprint: fingerprintOf(complete) };
}

function ruleSegment({ name, description = "" }: SegmentName, index: number): SegmentDefinition {
  return {
    key: `s${index + 1}`,
    name,
    description,
    size: 0,
    verdict: "constructive",
    reason: "Drawn by rules: its borders were chosen, not found in the data.",
  };
}

function fallbackOf({ fallback, otherwise }: RulesToDefine): FallbackSegment {
  const meant =
    otherwise === "fallback"
      ? "Customers whom no rule takes."
      : "Customers whom no rule takes; nobody said that there are any.";
  return {
    key: "unassigned",
    name: fallback?.name ?? "Unassigned",
    description: fallback?.description ?? meant,
  };
}

function withSizes(definition: RulesDefinition, customers: CustomerValues): SegmentDefinition[] {
  const labels = assignByRules(definition, customers);
  const sizes = definition.segments.map(() => 0);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  return definition.segments.map((segment, i) => ({ ...segment, size: sizes[i]! }));
}
