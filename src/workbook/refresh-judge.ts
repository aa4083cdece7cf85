import type { WorkbookConfig } from "../config/workbook-config.js";
import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import { smallestCell } from "../core/privacy.js";
import type { SolutionVerdict } from "../core/verdict.js";
import { basisMatrix } from "../features/basis-matrix.js";
import { type CommonRows, findCommonRows } from "../refresh/common-rows.js";
import { classifyDates, type DomainClassifier } from "../refresh/domain-classifier.js";
import { measureDrift } from "../refresh/drift-measure.js";
import type { DriftReport } from "../refresh/drift-record.js";
import { recommendRefresh } from "../refresh/recommend-refresh.js";
import { recommendForRules } from "../refresh/recommend-rules.js";
import { judgeData, judgeResult } from "../refresh/refresh-gates.js";
import type {
  FormerSegmentRecord,
  RefreshedSegment,
  RefreshGate,
  RefreshRecommendation,
} from "../refresh/refresh-record.js";
import { compareSegmentMix, type SegmentMix } from "../refresh/segment-mix.js";
import { checkSources } from "../refresh/source-checks.js";
import type { RepeatedLines } from "../refresh/source-checks-lines.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { type DefinitionAge, definitionAge } from "../segments/staleness.js";
import type { CleaningAccount } from "../sources/account.js";
import type { DriftBaseline } from "./refresh-baseline.js";

/** The customers of one date as the judgement needs them. */
export interface JudgedDate {
  readonly table: CustomerTable;
  readonly account: CleaningAccount;
  /** Segments by the definition before, as indices into its own; −1 for the fallback. */
  readonly labels: Int32Array;
}

/** What {@link judgeRefresh} looks at. */
export interface RefreshToJudge {
  readonly config: WorkbookConfig;
  readonly former: Definition;
  /** What drift is measured against. */
  readonly baseline: DriftBaseline;
  /** The state before, which sources and segments follow on from. */
  readonly before: JudgedDate;
  readonly after: JudgedDate;
  readonly common: CommonRows;
  /** Kept order lines that repeat another; null without orders. */
  readonly repeatedLines: RepeatedLines | null;
  readonly segments: readonly RefreshedSegment[];
  readonly formerSegments: readonly FormerSegmentRecord[];
  /** The next version with where it puts the customers now; null where no segments could be found. */
  readonly refit: { readonly definition: Definition; readonly labels: Int32Array } | null;
}

/** What speaks for and against a refresh. */
export interface RefreshJudgement {
  readonly drift: DriftReport;
  readonly mix: SegmentMix;
  readonly classifier: DomainClassifier | null;
  readonly recommendation: RefreshRecommendation;
  /** On the data and on continuity: where one fails nothing is put in force. */
  readonly gates: readonly RefreshGate[];
  readonly notes: readonly string[];
}

/** Measures drift, asks the gates on data and continuity, and recommends. Same inputs, same answer. */
export function judgeRefresh(refresh: RefreshToJudge): RefreshJudgement {
  const { config, former, baseline, before, after, common } = refresh;
  const { seed } = config.segmentation;
  const drift = measureDrift(baseline.table.columns, after.table.columns, {
    baselineDay: baseline.asOf,
    commonCustomers: findCommonRows(baseline.table.keys, after.table.keys).before.length,
    smallestGroup: smallestCell(config.privacy),
    seed,
  });
  const mix = mixOf(refresh);
  const basis = inputsOf(former).map(({ name }) => name);
  const classifier = former.model.kind === "rules" ? null : classifierOf(refresh, basis);
  const sources = checkSources(before.account, after.account);
  const age = ageOf(former, config.asOf);
  const customers = { before: before.labels.length, common: common.before.length };
  const emptyFeatures = emptiedOf(baseline.table, after.table, basis);
  const gates = [
    ...judgeData(
      { sources, repeatedLines: refresh.repeatedLines, customers, emptyFeatures },
      config.refresh.gates,
    ),
    ...judgeResult({ continuity: continuityOf(refresh), age: null }, config.refresh.gates),
  ];
  const evidence = { drift, mix, basis, age, gates };
  const recommendation =
    former.model.kind === "rules"
      ? recommendForRules(evidence)
      : recommendRefresh({
          ...evidence,
          segments: refresh.segments,
          former: refresh.formerSegments,
          classifier,
          movedByRefit: movedByRefit(refresh),
          verdictBefore: verdictWord(former),
          verdictOfRefit:
            refresh.refit === null ? "no-reliable-segments" : verdictWord(refresh.refit.definition),
        });
  return { drift, mix, classifier, recommendation, gates, notes: sources.notes };
}

/** Rules have no recipe that would bring their features to one scale. */
function classifierOf(
  { config, former, baseline, after }: RefreshToJudge,
  basis: readonly string[],
): DomainClassifier | null {
  const rowsOf = ({ table }: Pick<JudgedDate, "table">) => ({
    keys: table.keys,
    matrix: basisMatrix(table, basis),
  });
  const { seed } = config.segmentation;
  return classifyDates(former.recipe, [rowsOf(baseline), rowsOf(after)], { seed });
}

/** How old a definition is on a day; null for one without a date. */
export function ageOf(definition: Definition, asOf: string): DefinitionAge | null {
  return definition.createdFor === null ? null : definitionAge(definition, asOf);
}

function mixOf({ former, baseline, after }: RefreshToJudge): SegmentMix {
  const all = [...former.segments, former.fallback];
  const sizes = all.map((_, i) => {
    const label = i < former.segments.length ? i : -1;
    return [countOf(baseline.labels, label), countOf(after.labels, label)] as const;
  });
  const segments = all.map(({ key, name }) => ({ key, name }));
  const isUsed = sizes.map(([was, is], i) => i < former.segments.length || was + is > 0);
  return compareSegmentMix(
    segments.filter((_, i) => isUsed[i]),
    sizes.filter((_, i) => isUsed[i]).map(([was]) => was),
    sizes.filter((_, i) => isUsed[i]).map(([, is]) => is),
  );
}

/** Share of the common customers in segments before whose segment goes on; null where there are none. */
function continuityOf({ before, common, formerSegments }: RefreshToJudge): number | null {
  const goesOn = formerSegments.map(({ status }) => status === "continued" || status === "drifted");
  let [all, kept] = [0, 0];
  for (const row of common.before) {
    const label = before.labels[row]!;
    if (label < 0) continue;
    all++;
    if (goesOn[label]) kept++;
  }
  return all === 0 ? null : kept / all;
}

function movedByRefit({ former, after, refit }: RefreshToJudge): number {
  if (refit === null || after.labels.length === 0) return 0;
  const was = former.segments.map(({ key }) => key);
  const is = refit.definition.segments.map(({ key }) => key);
  let moved = 0;
  after.labels.forEach((label, row) => {
    if (was[label] !== is[refit.labels[row]!]) moved++;
  });
  return moved / after.labels.length;
}

function verdictWord(definition: Definition): SolutionVerdict {
  return definition.verdict?.word ?? "constructive";
}

/** Basis features that fewer than half as many customers, by their share, have a value of as when the definition was made. */
function emptiedOf(then: CustomerTable, now: CustomerTable, basis: readonly string[]): readonly string[] {
  const before = new Map(then.columns.map((column) => [column.feature.name, knownShare(column)]));
  return now.columns
    .filter(({ feature }) => basis.includes(feature.name))
    .filter((column) => knownShare(column) < 0.5 * (before.get(column.feature.name) ?? 0))
    .map(({ feature }) => feature.label);
}

function knownShare(column: FeatureColumn): number {
  const { length } = column.values;
  let known = 0;
  for (let i = 0; i < length; i++) {
    const value = column.values[i]!;
    if (value !== null && !Number.isNaN(value)) known++;
  }
  return known / Math.max(1, length);
}

function countOf(labels: Int32Array, wanted: number): number {
  return labels.reduce((count, label) => (label === wanted ? count + 1 : count), 0);
}
