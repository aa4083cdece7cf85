import { isReversed, itemColumn } from "../config/scale-item.js";
import type { ScaleConfig, SourceConfig } from "../config/workbook-config.js";
import { add, column, type Expression, integer, multiply, orZero, ratio, subtract } from "./expression.js";
import { type FeatureDefinition, labelFromName } from "./feature-definition.js";

/**
 * One score per survey scale, and how much of the survey a customer answered.
 *
 * A score is the mean of the answered items with reversed ones (`-item`) turned, low + high − answer; it is missing when fewer
 * than half of the items are answered.
 */
export function surveyFeatures(source: SourceConfig): FeatureDefinition[] {
  const scales = [...source.scales];
  if (scales.length === 0) return [];
  const items = [...new Set(scales.flatMap(([, scale]) => scale.items.map(itemColumn)))];
  const answered: FeatureDefinition = {
    name: "survey_answered",
    label: "Share of survey answered",
    unit: "share 0–1",
    type: "number",
    role: "descriptor",
    meaning: `Share of the ${items.length} items of the scales that were answered; 0 for those who took no part`,
    source: "survey",
    expression: ratio(sumOf(items.map(isAnswered)), integer(items.length)),
  };
  return [...scales.map(([name, scale]) => scaleFeature(name, scale)), answered];
}

function scaleFeature(name: string, scale: ScaleConfig): FeatureDefinition {
  const { items, range } = scale;
  const answeredCount = sumOf(items.map((item) => isAnswered(itemColumn(item))));
  const score = ratio(sumOf(items.map((item) => orZero(turnedAnswer(item, range)))), answeredCount);
  return {
    name,
    label: scale.label ?? labelFromName(name),
    unit: `score ${range[0]}–${range[1]}`,
    type: "number",
    role: "descriptor",
    meaning: `${scale.meaning} (mean of ${items.length === 1 ? "one item" : `${items.length} items`}; missing with fewer than half answered)`,
    source: "survey",
    expression: {
      kind: "case",
      branches: [{ when: isAtLeastHalf(answeredCount, items.length), value: score }],
    },
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
