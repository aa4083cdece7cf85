import { listForMessage } from "../core/check.js";
import { percentText } from "../core/number-text.js";
import { type SolutionVerdict, verdictText } from "../core/verdict.js";
import type { DefinitionAge } from "../segments/staleness.js";
import type { DomainClassifier } from "./domain-classifier.js";
import type { DriftReport } from "./drift-record.js";
import type {
  FormerSegmentRecord,
  RefreshedSegment,
  RefreshGate,
  RefreshRecommendation,
} from "./refresh-record.js";
import type { SegmentMix } from "./segment-mix.js";

/** What a recommendation rests on. */
export interface RefreshEvidence {
  readonly segments: readonly Pick<RefreshedSegment, "key" | "name" | "status">[];
  readonly former: readonly Pick<FormerSegmentRecord, "key" | "name" | "status">[];
  readonly drift: DriftReport;
  readonly mix: SegmentMix;
  /** null where a date has too few customers. */
  readonly classifier: DomainClassifier | null;
  /** Names of the features that form segments. */
  readonly basis: readonly string[];
  /** Share of the customers now whom the refit puts into another segment than the definition before, 0…1. */
  readonly movedByRefit: number;
  readonly verdictBefore: SolutionVerdict;
  readonly verdictOfRefit: SolutionVerdict;
  /** Of the definition before, on the day of the refresh; null where it has no date. */
  readonly age: DefinitionAge | null;
  /** Those on the data and on continuity. */
  readonly gates: readonly RefreshGate[];
}

/** Declared limits of a recommendation. */
export interface RecommendationRules {
  /** Share of the customers that a refit must put elsewhere before drift is worth a new definition; default 0.05. */
  readonly moved?: number;
}

/**
 * Whether to keep the definition, to put the refit in force, or to look before anything is done.
 *
 * *rethink* where a gate on the data or on continuity fails, or the customers changed and the refit is constructive or less where the
 * definition was surer; else *refit* where segments changed and the customers did too, where a basis feature drifted and the refit moves more than 5 % of the
 * customers, or the definition is stale; else *keep*. The table of rules stands in docs/drift.md.
 */
export function recommendRefresh(
  evidence: RefreshEvidence,
  { moved = 0.05 }: RecommendationRules = {},
): RefreshRecommendation {
  const rethink = reasonsToRethink(evidence);
  if (rethink.length > 0) return { word: "rethink", reasons: rethink };
  const refit = reasonsToRefit(evidence, moved);
  if (refit.length > 0) return { word: "refit", reasons: refit };
  return { word: "keep", reasons: reasonsToKeep(evidence) };
}

function reasonsToRethink(evidence: RefreshEvidence): readonly string[] {
  return [
    ...evidence.gates.filter(({ passed }) => !passed).map(({ reason }) => reason),
    ...(hasChanged(evidence) ? lostVerdict(evidence) : []),
  ];
}

/** The surest first. */
const verdictOrder: readonly SolutionVerdict[] = [
  "natural",
  "partly-natural",
  "reproducible",
  "constructive",
  "no-reliable-segments",
];

/** A refit that is no more than slices of a continuum, or less, where the definition of before was surer. */
function lostVerdict({ verdictBefore, verdictOfRefit }: RefreshEvidence): readonly string[] {
  const rankOf = (verdict: SolutionVerdict) => verdictOrder.indexOf(verdict);
  const isLost =
    rankOf(verdictOfRefit) > rankOf(verdictBefore) && rankOf(verdictOfRefit) >= rankOf("constructive");
  return isLost
    ? [
        `The verdict on the refit is “${verdictText(verdictOfRefit)}”, that on the definition “${verdictText(verdictBefore)}”.`,
      ]
    : [];
}

function reasonsToRefit(evidence: RefreshEvidence, moved: number): readonly string[] {
  const { age, movedByRefit } = evidence;
  const changes = changedSegments(evidence);
  const drifted = driftedBasis(evidence);
  return [
    ...(changes.length > 0 && hasChanged(evidence) ? [`Segments changed: ${listForMessage(changes)}.`] : []),
    ...(drifted.length > 0 && movedByRefit > moved
      ? [
          `Basis features drifted (${listForMessage(drifted)}), and the refit puts ${percentText(movedByRefit)} of the customers into another segment.`,
        ]
      : []),
    ...(age?.isStale ? [`The definition is ${age.days} days old; it lasts ${age.limit}.`] : []),
  ];
}

function reasonsToKeep(evidence: RefreshEvidence): readonly string[] {
  const changes = changedSegments(evidence);
  const drifted = driftedBasis(evidence);
  return [
    drifted.length === 0
      ? "No basis feature drifted."
      : `Basis features drifted (${listForMessage(drifted)}), but the refit puts only ${percentText(evidence.movedByRefit)} of the customers into another segment.`,
    changes.length === 0
      ? "Every segment of the refit continues one of before."
      : `The refit differs (${listForMessage(changes)}), but nothing about the customers did, so that is chance.`,
    ...lostVerdict(evidence),
  ];
}

/** "Families split", "Students born": everything that did not continue. */
function changedSegments({ segments, former }: RefreshEvidence): readonly string[] {
  const ends = former.filter(({ status }) => status !== "continued");
  const beginnings = segments.filter(({ status }) => status === "born");
  return [...ends, ...beginnings].map(({ name, status }) => `${name} ${statusWords[status]}`);
}

const statusWords: Readonly<Record<FormerSegmentRecord["status"] | RefreshedSegment["status"], string>> = {
  continued: "continued",
  drifted: "drifted",
  split: "split",
  merged: "merged into another",
  born: "is new",
  died: "is gone",
};

/** Anything that says that the customers are not those of before: smaller signs than an alarm count where segments changed too. */
function hasChanged(evidence: RefreshEvidence): boolean {
  const { drift, mix, classifier } = evidence;
  return (
    drift.drifting.length > 0 ||
    mix.isDrifting ||
    (classifier !== null && classifier.auc > classifier.nullHigh)
  );
}

/** Labels of the features that form segments and drift. */
export function driftedBasis({ drift, basis }: Pick<RefreshEvidence, "drift" | "basis">): readonly string[] {
  return drift.features
    .filter(({ name, isDrifting }) => isDrifting && basis.includes(name))
    .map(({ label }) => label);
}
