import { dayNumber, dayText } from "../core/calendar-day.js";
import { InputError } from "../core/errors.js";
import type { Condition } from "./condition.js";
import type { Definition } from "./definition.js";
import type { RulesModel } from "./rules-model.js";

/**
 * The rules of a definition with every day that is counted from the as-of date written out as `YYYY-MM-DD`, so that a target
 * compares texts and knows no calendar.
 *
 * @param asOf - `YYYY-MM-DD`; default: that of the definition.
 * @throws InputError if the definition holds no rules, or a rule counts days and there is no as-of date.
 */
export function rulesAsOf(definition: Definition, asOf: string | null = definition.createdFor): RulesModel {
  const { model } = definition;
  if (model.kind !== "rules") throw new InputError(`rulesAsOf: model.kind must be rules, got ${model.kind}`);
  const today = asOf === null ? undefined : dayNumber(asOf);
  if (asOf !== null && today === undefined)
    throw new InputError(`rulesAsOf: asOf must be a day such as 2026-01-31, got ${JSON.stringify(asOf)}`);
  const rules = model.rules.map((rule) => ({ ...rule, when: withDays(rule.when, today) }));
  return { ...model, rules };
}

function withDays(condition: Condition, today: number | undefined): Condition {
  if ("all" in condition) return { all: condition.all.map((inner) => withDays(inner, today)) };
  if ("any" in condition) return { any: condition.any.map((inner) => withDays(inner, today)) };
  if ("not" in condition) return { not: withDays(condition.not, today) };
  if (!("feature" in condition && "is" in condition) || typeof condition.value !== "object") return condition;
  if (today === undefined)
    throw new InputError(
      `rulesAsOf: asOf must be given where rules count days from it, got none for ${JSON.stringify(condition.feature)}`,
    );
  return { ...condition, value: dayText(today - condition.value.daysBeforeAsOf) };
}
