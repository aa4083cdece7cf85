import { isReversed, itemColumn } from "../config/scale-item.js";
import type { ScaleConfig, SourceConfig } from "../config/workbook-config.js";
import {
  add,
  column,
  type Expression,
  integer,
  multiply,
  orZero,
  ratio,
  subtract,
  when,
} from "./expression.js";
import {
  definitionsOf,
  type FeatureDefinition,
  type FeatureDraft,
  labelFromName,
} from "./feature-definition.js";

/**
 * One score per survey scale, and how much of the survey a customer answered.
 *
 * A score is the mean of the answered items with reversed ones (`-item`) turned, low + high − answer; it is missing when fewer
 * than half of the items are answered.
 */
export function surveyFeatures(source: SourceConfig): readonly FeatureDefinition[] {
  const scales = [...source.scales];
  const scores = scales.map(([name, scale]) => scaleFeature(name, scale));
  const items = [...new Set(scales.flatMap(([, scale]) => scale.items.map(itemColumn)))];
  const drafts = [
    ...(items.length === 0 ? [] : [...scores, answeredShare(items)]),
    ...(source.straightLining?.policy === "flag" ? [straightLined()] : []),
  ];
  return definitionsOf(
    "survey",
    drafts.map((draft) => ({ ...draft, window: "state" })),
  );
}

function answeredShare(items: readonly string[]): FeatureDraft {
  return {
    name: "survey_answered",
    label: "Share of survey answered",
    unit: "share 0–1",
    meaning: `Share of the ${items.length} items of the scales that were answered; 0 for those who took no part`,
    missing: "0 without answers",
    expression: ratio(sumOf(items.map(isAnswered)), integer(items.length)),
  };
}

function straightLined(): FeatureDraft {
  const flag = column("straight_lined");
  return {
    name: "survey_straight_lined",
    label: "Same answer throughout",
    unit: "flag 0–1",
    meaning:
      "1 for those who gave one and the same answer to all items of a battery, reversed ones included, else 0; missing for those who took no part",
    missing: "missing without answers",
    expression: when(flag, integer(1), when({ kind: "not", operand: flag }, integer(0))),
  };
}

function scaleFeature(name: string, scale: ScaleConfig): FeatureDraft {
  const { items, range } = scale;
  const answeredCount = sumOf(items.map((item) => isAnswered(itemColumn(item))));
  const score = ratio(sumOf(items.map((item) => orZero(turnedAnswer(item, range)))), answeredCount);
  return {
    name,
    label: scale.label ?? labelFromName(name),
    unit: `score ${range[0]}–${range[1]}`,
    meaning: `${scale.meaning} (mean of ${items.length === 1 ? "one item" : `${items.length} items`}; missing with fewer than half answered)`,
    missing: "missing with fewer than half of its items answered",
    expression: when(isAtLeastHalf(answeredCount, items.length), score),
  };
}

function turnedAnswer(item: string, [low, high]: readonly [number, number]): Expression {
  const answer = column(itemColumn(item));
  return isReversed(item) ? subtract(integer(low + high), answer) : answer;
}

function isAnswered(item: string): Expression {
  return {
    kind: "case",
    branches: [{ when: { kind: "isMissing", operand: column(item) }, value: integer(0) }],
    otherwise: integer(1),
  };
}

function isAtLeastHalf(count: Expression, total: number): Expression {
  return { kind: "compare", operator: ">=", left: multiply(integer(2), count), right: integer(total) };
}

function sumOf(terms: readonly Expression[]): Expression {
  return terms.reduce(add);
}
