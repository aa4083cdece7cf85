import { dayNumber } from "../core/calendar-day.js";
import { describeValue, didYouMean } from "../core/check.js";
import type { Condition } from "./condition.js";
import type { Definition, RulesDefinition } from "./definition.js";
import type { RulesModel, Score } from "./rules-model.js";

/** What in the rules does not agree with the rest of a definition, as the end of a message; undefined if nothing. */
export function rulesFault(definition: RulesDefinition): string | undefined {
  const { model, segments, recipe } = definition;
  if (recipe.steps.length > 0)
    return `recipe.steps must be empty beside rules, which compare raw values, got ${recipe.steps.length}`;
  const keys = segments.map(({ key }) => key);
  const idle = keys.find((key) => !model.rules.some((rule) => rule.segment === key));
  const stranger = model.rules.findIndex(({ segment }) => !keys.includes(segment));
  if (stranger >= 0)
    return `model.rules.${stranger}.segment must be the key of a segment, got ${describeValue(model.rules[stranger]!.segment)}`;
  if (idle !== undefined) return `model.rules must lead to every segment, got none that leads to ${idle}`;
  return (
    firstFault(model.scores, (score, i) => scoreFault(score, definition, i)) ??
    firstFault(model.rules, ({ when }, i) => meaningFault(when, definition, `model.rules.${i}.when`))
  );
}

function firstFault<Item>(
  items: readonly Item[],
  faultOf: (item: Item, index: number) => string | undefined,
): string | undefined {
  for (const [i, item] of items.entries()) {
    const fault = faultOf(item, i);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function scoreFault(score: Score, definition: RulesDefinition, index: number): string | undefined {
  const place = `model.scores.${index}`;
  const { scores } = definition.model;
  const earlier = scores.slice(0, index);
  if (earlier.some(({ name }) => name === score.name))
    return `${place}.name must differ from the scores before, got ${describeValue(score.name)} again`;
  const type = featureType(definition, score.feature);
  if (type !== "number")
    return `${place}.feature must name a feature that is a number, got ${describeValue(score.feature)}${type === undefined ? hintOf(definition, score.feature) : `, a ${type}`}`;
  if (!isAscending(score.cuts)) return `${place}.cuts must ascend, got [${score.cuts.join(", ")}]`;
  const best = score.cuts.length + 1;
  if (score.whenMissing !== null && score.whenMissing > best)
    return `${place}.whenMissing must be a score from 1 to ${best}, got ${score.whenMissing}`;
  return nestingFault(score, earlier, place);
}

function nestingFault({ within, cuts }: Score, earlier: readonly Score[], place: string): string | undefined {
  if (within === undefined) return undefined;
  const later = within.scores.find((name) => !earlier.some((score) => score.name === name));
  if (later !== undefined)
    return `${place}.within.scores must name scores that come before, got ${describeValue(later)}`;
  return firstFault(within.cells, (cell, i) => {
    const where = `${place}.within.cells.${i}`;
    if (cell.at.length !== within.scores.length)
      return `${where}.at must have one score per name (${within.scores.length}), got ${cell.at.length}`;
    if (cell.cuts.length !== cuts.length)
      return `${where}.cuts must be as many as those of the score (${cuts.length}), got ${cell.cuts.length}`;
    return isAscending(cell.cuts) ? undefined : `${where}.cuts must ascend, got [${cell.cuts.join(", ")}]`;
  });
}

/** What a condition says that the definition does not know: its shape is right already. */
function meaningFault(condition: Condition, definition: RulesDefinition, place: string): string | undefined {
  if ("all" in condition)
    return firstFault(condition.all, (one, i) => meaningFault(one, definition, `${place}.all.${i}`));
  if ("any" in condition)
    return firstFault(condition.any, (one, i) => meaningFault(one, definition, `${place}.any.${i}`));
  if ("not" in condition) return meaningFault(condition.not, definition, `${place}.not`);
  if ("of" in condition) return nestedFault(condition, definition.nested, place);
  if ("score" in condition) return scoreUseFault(condition, definition.model, place);
  return featureUseFault(condition, definition, place);
}

type FeatureLeaf = Extract<Condition, { readonly feature: string }>;
type ScoreLeaf = Extract<Condition, { readonly score: string }>;

function featureUseFault(leaf: FeatureLeaf, definition: RulesDefinition, place: string): string | undefined {
  const type = featureType(definition, leaf.feature);
  if (type === undefined)
    return `${place}.feature must name a feature of the definition, got ${describeValue(leaf.feature)}${hintOf(definition, leaf.feature)}`;
  if ("isMissing" in leaf) return undefined;
  const values: readonly unknown[] = "in" in leaf ? leaf.in : [leaf.value];
  const wrong = values.find((value) => !isOfType(value, type, "is" in leaf));
  if (wrong !== undefined)
    return `${place} must compare ${describeValue(leaf.feature)} with ${wantedValues[type]}, got ${describeValue(wrong)}`;
  if ("in" in leaf) return undefined;
  if (type === "category" && leaf.is !== "=" && leaf.is !== "!=")
    return `${place}.is must be = or != for a category, which has no order, got ${leaf.is}`;
  if (typeof leaf.value === "object" && definition.createdFor === null)
    return `createdFor must be a day where a rule counts days from it (${place}), got null`;
  return undefined;
}

const wantedValues = {
  number: "a number",
  category: "a text",
  date: "a day such as 2026-01-31, or one counted from the as-of date",
} as const;

function isOfType(value: unknown, type: keyof typeof wantedValues, mayBeRelative: boolean): boolean {
  if (type === "number") return typeof value === "number";
  if (type === "category") return typeof value === "string";
  if (typeof value === "string") return dayNumber(value) !== undefined;
  return mayBeRelative && typeof value === "object";
}

function scoreUseFault(leaf: ScoreLeaf, { scores }: RulesModel, place: string): string | undefined {
  const names = scores.map(({ name }) => name);
  if (!names.includes(leaf.score))
    return `${place}.score must name a score of the model, got ${describeValue(leaf.score)}${didYouMean(leaf.score, names)}`;
  if ("isMissing" in leaf) return undefined;
  const values: readonly unknown[] = "in" in leaf ? leaf.in : [leaf.value];
  const wrong = values.find((value) => !Number.isInteger(value));
  return wrong === undefined
    ? undefined
    : `${place} must compare a score with whole numbers, got ${describeValue(wrong)}`;
}

function nestedFault(
  { segment, of }: Extract<Condition, { readonly of: string }>,
  nested: readonly Definition[],
  place: string,
): string | undefined {
  const ids = nested.map(({ id }) => id);
  const inner = nested[ids.indexOf(of)];
  if (inner === undefined)
    return `${place}.of must be the id of a nested definition (${ids.join(", ") || "there is none"}), got ${describeValue(of)}${didYouMean(of, ids)}`;
  const keys = [...inner.segments.map(({ key }) => key), inner.fallback.key];
  if (keys.includes(segment)) return undefined;
  return `${place}.segment must be a segment of ${of} (${keys.join(", ")}), got ${describeValue(segment)}`;
}

function featureType({ features }: Definition, name: string): keyof typeof wantedValues | undefined {
  return features.find((feature) => feature.name === name)?.type;
}

function hintOf({ features }: Definition, name: string): string {
  return didYouMean(
    name,
    features.map((feature) => feature.name),
  );
}

function isAscending(cuts: readonly number[]): boolean {
  return cuts.every((cut, i) => i === 0 || cut >= cuts[i - 1]!);
}
