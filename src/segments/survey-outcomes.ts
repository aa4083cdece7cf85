import { checkCount, checkNumber } from "../core/check.js";
import { checkLabels } from "../core/check-labels.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, Feature } from "../core/feature.js";
import type { Interval } from "../inference/test-result.js";
import {
  type OutcomeEstimate,
  type OutcomeMeasure,
  type OutcomeScale,
  outcomeEstimate,
} from "./outcome-estimate.js";
import type { SegmentLabel } from "./profile.js";
import { requireNumberColumn } from "./require-column.js";

/** A survey answer to be shown by segment, such as satisfaction or the likelihood to recommend. */
export interface SurveyOutcome {
  /** Name of a numeric feature. */
  readonly feature: string;
  /** mean: of the scale; top-2-box: share of the two highest points; net-promoter: promoters less detractors of a 0–10 scale. */
  readonly measure: OutcomeMeasure;
  /** Ends of the scale; absent: as the unit says ("score 1–5"). */
  readonly range?: OutcomeScale;
}

/** Options of {@link surveyOutcomes}. */
export interface SurveyOutcomeOptions {
  /** Key and name of each segment, in label order. */
  readonly segments: readonly SegmentLabel[];
  readonly outcomes: readonly SurveyOutcome[];
  /** A segment with fewer answers is not shown; default 10. */
  readonly smallestGroup?: number;
  /** Share of such intervals that hold the true value; default 0.95. */
  readonly level?: number;
}

/** One outcome in one segment. */
export interface OutcomeCell extends SegmentLabel {
  readonly size: number;
  /** Customers who answered; null where they are too few to be shown. */
  readonly answers: number | null;
  /** Mean in points of the scale, or a share 0–1, or a net score −1…1; null where too few answered. */
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** One outcome by segment. */
export interface OutcomeResult {
  readonly feature: Feature;
  readonly measure: OutcomeMeasure;
  readonly range: OutcomeScale;
  readonly segments: readonly OutcomeCell[];
  /** The same of all customers in segments. */
  readonly total: OutcomeCell;
  readonly notes: readonly string[];
}

/**
 * What customers of each segment answered, with intervals and how many answered.
 *
 * Means with Student's interval, top-two-box shares with Wilson's, net promoter scores with Bonett & Price's. Those who did not answer
 * are left out and counted by difference; so few answers that somebody could be known (`smallestGroup`) are not shown. Who answers a
 * survey is not who buys: the notes say how many did. O(rows · outcomes).
 *
 * @param labels - Shape (nRows,), 0…segments − 1, −1 for in no segment.
 * @throws InputError if lengths differ, a feature is not numeric, its scale is unknown, an answer lies outside it, or an option is out of range.
 * @see Reichheld (2003), Harvard Business Review 81(12); Bonett & Price (2012), doi:10.3102/1076998611411915. Checked against SciPy and
 * statsmodels in test/reference/survey-outcomes.json.
 */
export function surveyOutcomes(
  table: CustomerTable,
  labels: ArrayLike<number>,
  options: SurveyOutcomeOptions,
): readonly OutcomeResult[] {
  const { segments, outcomes, smallestGroup = 10, level = 0.95 } = options;
  checkLabels("surveyOutcomes", labels, table.keys.length, segments.length);
  checkCount("surveyOutcomes", "smallestGroup", smallestGroup, 1);
  checkNumber("surveyOutcomes", "level", level, 0.5, 0.999);
  return outcomes.map((outcome) => {
    const { feature, values } = requireNumberColumn("surveyOutcomes", "outcomes", table, outcome.feature);
    const range = rangeOf(feature, outcome);
    const groups = segments.map((): number[] => []);
    const sizes = segments.map(() => 0);
    for (let row = 0; row < labels.length; row++) {
      const label = labels[row]!;
      if (label < 0) continue;
      sizes[label]!++;
      if (Number.isFinite(values[row])) groups[label]!.push(values[row]!);
    }
    const everyone = groups.flat();
    checkAnswers(feature, everyone, range);
    const cellOf = (label: SegmentLabel, answers: readonly number[], size: number): OutcomeCell => {
      const { key, name } = label;
      if (answers.length < smallestGroup)
        return { key, name, size, answers: null, value: null, interval: null };
      const estimate: OutcomeEstimate = outcomeEstimate(answers, outcome.measure, { range, level });
      return { key, name, size, answers: answers.length, ...estimate };
    };
    const cells = segments.map((segment, j) => cellOf(segment, groups[j]!, sizes[j]!));
    const customers = sizes.reduce((sum, size) => sum + size, 0);
    const total = cellOf({ key: "all", name: "All customers" }, everyone, customers);
    return {
      feature,
      measure: outcome.measure,
      range,
      segments: cells,
      total,
      notes: notesOn(cells, smallestGroup),
    };
  });
}

/**
 * The answers of a table that can be shown by segment: outcomes if there are any, else all features with a scale of points.
 *
 * A scale of 0 to 10 is shown as a net promoter score, any other by its two highest points.
 */
export function answersIn(table: CustomerTable): readonly SurveyOutcome[] {
  const scaled = table.columns.filter(
    ({ kind, feature }) => kind === "number" && scalePattern.test(feature.unit),
  );
  const outcomes = scaled.filter(({ feature }) => feature.role === "outcome");
  return (outcomes.length > 0 ? outcomes : scaled).map(({ feature }) => ({
    feature: feature.name,
    measure: feature.unit.includes("0–10") ? "net-promoter" : "top-2-box",
  }));
}

/** How the unit of a scale is written: "score 1–5". */
const scalePattern: RegExp = /^score (-?\d+)\s*[–-]\s*(\d+)/;

function rangeOf(feature: Feature, { measure, range }: SurveyOutcome): OutcomeScale {
  const said = scalePattern.exec(feature.unit);
  const found = range ?? (said ? ([Number(said[1]), Number(said[2])] as const) : undefined);
  if (found === undefined || !(found[0] < found[1]))
    throw new InputError(
      `surveyOutcomes: outcomes must name the ends of their scale, got unit "${feature.unit}" of "${feature.name}". Give its range`,
    );
  if (measure === "net-promoter" && (found[0] !== 0 || found[1] !== 10))
    throw new InputError(
      `surveyOutcomes: a net-promoter outcome must have a scale of 0 to 10, got ${found.join(" to ")} for "${feature.name}"`,
    );
  return found;
}

function checkAnswers(feature: Feature, answers: readonly number[], [low, high]: OutcomeScale): void {
  const stray = answers.find((answer) => answer < low || answer > high);
  if (stray !== undefined)
    throw new InputError(
      `surveyOutcomes: answers of "${feature.name}" must lie on their scale of ${low} to ${high}, got ${stray}`,
    );
}

function notesOn(cells: readonly OutcomeCell[], smallestGroup: number): string[] {
  const few = cells.filter(({ answers }) => answers === null).map(({ name }) => name);
  return few.length === 0 ? [] : [`Not shown, fewer than ${smallestGroup} answers: ${few.join(", ")}.`];
}
