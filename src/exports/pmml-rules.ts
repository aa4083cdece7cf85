import type { RulesDefinition } from "../segments/definition.js";
import { type DefinitionInput, inputsOf } from "../segments/definition-inputs.js";
import { rulesAsOf } from "../segments/rules-as-of.js";
import type { Score } from "../segments/rules-model.js";
import { dayField } from "./pmml-days.js";
import { apply, derivedNumber, fieldRef, ifElse, numberConstant, segmentOutput } from "./pmml-expressions.js";
import { miningSchema } from "./pmml-fields.js";
import type { PmmlNames } from "./pmml-names.js";
import { type PredicateFields, predicate } from "./pmml-predicates.js";
import { modelVerification } from "./pmml-verification.js";
import { element, type XmlElement } from "./xml.js";

/** A RuleSetModel: the first rule that hits decides, else the fallback. Scores are derived fields. */
export function ruleSetModel(definition: RulesDefinition, names: PmmlNames): XmlElement {
  const { id, fallback } = definition;
  const { scores, rules } = rulesAsOf(definition);
  const inputs = ownInputs(definition);
  const dates = inputs
    .filter(({ type }) => type === "date")
    .map(({ name }, j) => ({ name, day: names.own(`day_${j + 1}`) }));
  const scoreFields = new Map(scores.map(({ name }, j) => [name, names.own(`score_${j + 1}`)]));
  const days = new Map(dates.map(({ name, day }) => [name, day]));
  const fields: PredicateFields = { ...names, scores: scoreFields, days };
  const ruleElements = rules.map(({ segment, when }, i) =>
    element("SimpleRule", { id: `rule ${i + 1}`, score: segment, confidence: 1 }, [predicate(when, fields)]),
  );
  const derived = [
    ...dates.map(({ name, day }) => dayField(day, name)),
    ...scores.map((score) => derivedNumber(scoreFields.get(score.name)!, scoreValue(score, scoreFields))),
  ];
  return element("RuleSetModel", { modelName: id, functionName: "classification" }, [
    miningSchema([...inputs.map(({ name }) => name), ...names.memberships.values()]),
    element("Output", {}, [segmentOutput(names.segment)]),
    ...(derived.length === 0 ? [] : [element("LocalTransformations", {}, derived)]),
    element("RuleSet", { defaultScore: fallback.key, defaultConfidence: 1 }, [
      element("RuleSelectionMethod", { criterion: "firstHit" }),
      ...ruleElements,
    ]),
    ...(names.isInner || names.memberships.size > 0 ? [] : [modelVerification(definition, names)]),
  ]);
}

/** What the rules read themselves; what nested definitions read, their models read. */
function ownInputs(definition: RulesDefinition): readonly DefinitionInput[] {
  return inputsOf({ ...definition, nested: [] });
}

/** The score of the first cell that fits, else of the score's own cuts; missing where the value is, unless it has a score too. */
function scoreValue(score: Score, scoreFields: ReadonlyMap<string, string>): XmlElement {
  const { within, whenMissing } = score;
  const cells = within?.cells ?? [];
  const counted = cells.reduceRight((otherwise, { at, cuts }) => {
    // A missing outer score is none of the cells'.
    const isHere = at.map((outer, i) =>
      apply("equal", orZero(scoreFields.get(within!.scores[i]!)!), numberConstant(outer)),
    );
    const isCell = isHere.length === 1 ? isHere[0]! : apply("and", ...isHere);
    return ifElse(isCell, cutScore({ ...score, cuts }), otherwise);
  }, cutScore(score));
  const isKnown = apply("isNotMissing", fieldRef(score.feature));
  return whenMissing === null
    ? apply("if", isKnown, counted)
    : ifElse(isKnown, counted, numberConstant(whenMissing));
}

/** Scores start at 1. */
function orZero(field: string): XmlElement {
  return ifElse(apply("isMissing", fieldRef(field)), numberConstant(0), fieldRef(field));
}

/** From the lowest cut up: the first that the value does not exceed says the score. */
function cutScore({ feature, cuts, highIsGood }: Score): XmlElement {
  const scoreAt = (exceeded: number): XmlElement =>
    numberConstant(highIsGood ? 1 + exceeded : cuts.length + 1 - exceeded);
  return cuts.reduceRight(
    (higher, cut, i) =>
      ifElse(apply("lessOrEqual", fieldRef(feature), numberConstant(cut)), scoreAt(i), higher),
    scoreAt(cuts.length),
  );
}
