import { readFileSync } from "node:fs";
import { type ErrorObject, Ajv2020 as JsonSchemaChecker, type ValidateFunction } from "ajv/dist/2020.js";
import { conditionFault } from "../config/condition-shape.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { packageFile } from "../core/package-root.js";
import { isMissing } from "../features/recipe.js";
import { deepestNesting, nestingFault } from "./check-nested.js";
import { rulesFault } from "./check-rules-model.js";
import type { Definition, KMeansDefinition, RulesDefinition } from "./definition.js";

/**
 * Throws unless a value is a definition: right members of right types, and members that agree with one another.
 *
 * Says nothing about the fingerprint, but for those of nested definitions.
 *
 * @param place - Where the value comes from, for the message, such as ` in d.json`.
 * @throws InputError naming the first member that is wrong.
 */
export function checkDefinition(
  caller: string,
  value: unknown,
  place: string = "",
): asserts value is Definition {
  const fault = shapeFault(value) ?? schemaFault(value) ?? firstDisagreement(value as Definition);
  if (fault !== undefined) throw new InputError(`${caller}: ${fault}${place}`);
}

/** Members that may be deep, which the schema could not say clearly, nor without a deep stack. */
function shapeFault(value: unknown, depth: number = 0): string | undefined {
  const { model, nested } = (value ?? {}) as { model?: { rules?: unknown }; nested?: unknown };
  if (depth > deepestNesting)
    return `nested must be at most ${deepestNesting} definitions deep, got a deeper one`;
  const rules = Array.isArray(model?.rules) ? model.rules : [];
  for (const [i, rule] of rules.entries()) {
    const fault = conditionFault(rule?.when, ["model", "rules", i, "when"]);
    if (fault !== undefined) return `${fault.path.join(".")} must ${fault.must}, got ${fault.got}`;
  }
  for (const [i, inner] of (Array.isArray(nested) ? nested : []).entries()) {
    const fault = shapeFault(inner, depth + 1);
    if (fault !== undefined) return `nested.${i}.${fault}`;
  }
  return undefined;
}

let compiled: ValidateFunction | undefined;

function schemaFault(value: unknown): string | undefined {
  compiled ??= new JsonSchemaChecker({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(packageFile("schema", "definition.schema.json"), "utf8")),
  );
  return compiled(value) ? undefined : explain(compiled.errors![0]!, value);
}

function explain(error: ErrorObject, value: unknown): string {
  const member = error.instancePath.slice(1).replaceAll("/", ".") || "the definition";
  if (error.keyword === "required") return `${member} must have a member "${error.params.missingProperty}"`;
  if (error.keyword === "additionalProperties")
    return `${member} must have no member ${describeValue(error.params.additionalProperty)}`;
  const choices = error.keyword === "enum" ? ` (${error.params.allowedValues.join(", ")})` : "";
  const only = error.keyword === "const" ? ` (${error.params.allowedValue})` : "";
  return `${member} ${error.message}${choices}${only}, got ${describeValue(valueAt(value, error.instancePath))}`;
}

function valueAt(value: unknown, path: string): unknown {
  const members = path.split("/").slice(1);
  return members.reduce<unknown>((inner, member) => (inner as Record<string, unknown>)[member], value);
}

function firstDisagreement(definition: Definition): string | undefined {
  const { features, keyName, segments, model, nested } = definition;
  const names = features.map((feature) => feature.name);
  const twice = firstRepeated(names);
  if (twice !== undefined) return `feature names must differ, got ${describeValue(twice)} twice`;
  if (names.includes(keyName))
    return `no feature must be called like the key, got ${describeValue(keyName)} in both`;
  for (const [i, inner] of nested.entries()) {
    const fault = firstDisagreement(inner);
    if (fault !== undefined) return `nested.${i}: ${fault}`;
  }
  const fault =
    model.kind === "rules"
      ? rulesFault(definition as RulesDefinition)
      : centresFault(definition as KMeansDefinition);
  return fault ?? keyFault(segments) ?? nestingFault(definition);
}

/** Keys number segments for life: those that are gone leave gaps, but the order stays, and with it who wins a tie. */
function keyFault(segments: Definition["segments"]): string | undefined {
  const numbers = segments.map(({ key }) => Number(key.slice(1)));
  const misplaced = numbers.findIndex((number, i) => i > 0 && number <= numbers[i - 1]!);
  if (misplaced < 0) return undefined;
  return `segments.${misplaced}.key must have a higher number than ${segments[misplaced - 1]!.key} before it, got ${describeValue(segments[misplaced]!.key)}`;
}

function centresFault({ features, recipe, model, segments }: KMeansDefinition): string | undefined {
  const stepNames = recipe.steps.map((step) => step.feature);
  if (stepNames.length === 0) return "recipe.steps must be at least one beside centres, got none";
  const twice = firstRepeated(stepNames);
  if (twice !== undefined) return `feature names must differ, got ${describeValue(twice)} twice`;
  const unlisted = stepNames.find((name) => !features.some((feature) => feature.name === name));
  if (unlisted !== undefined)
    return `features must list every feature of the recipe, got none called ${describeValue(unlisted)}`;
  const untakeable = recipe.steps.find((step) => isMissing(step.impute, step.transform));
  if (untakeable !== undefined)
    return `recipe must impute a value that ${untakeable.transform} takes, got ${untakeable.impute} for ${describeValue(untakeable.feature)}`;
  if (model.centres.length !== segments.length)
    return `model.centres must have one row per segment (${segments.length}), got ${model.centres.length}`;
  const ragged = model.centres.findIndex((centre) => centre.length !== recipe.steps.length);
  if (ragged >= 0)
    return `model.centres.${ragged} must have one value per recipe step (${recipe.steps.length}), got ${model.centres[ragged]!.length}`;
  return undefined;
}

function firstRepeated(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}
