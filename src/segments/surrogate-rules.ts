import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Feature, NumberColumn } from "../core/feature.js";
import { percentText } from "../core/number-text.js";
import { assignCustomers } from "./assign.js";
import type { Condition } from "./condition.js";
import { type CustomerValues, columnsFor } from "./customer-values.js";
import { defineRules, type RulesToDefine } from "./define-rules.js";
import type { Definition, KMeansDefinition, RulesDefinition, Surrogate } from "./definition.js";
import { inputsOf } from "./definition-inputs.js";
import { explainSegments } from "./explain-segments.js";
import type { RuleCondition } from "./rule-words.js";
import { writtenMaxAge } from "./staleness.js";

/** Options of {@link surrogateRules}. */
export interface SurrogateOptions {
  /** Rules in all, 1 to 64; default two per segment. */
  readonly mostRules?: number;
  /** Conditions per rule, 1 to 8; default 4. */
  readonly mostConditions?: number;
}

/**
 * Rules that stand in for the segments of clusters, for tools that know nothing but filters.
 *
 * A small threshold tree in the units of the features. It moves customers: `surrogate` says how many on those at hand, segment by
 * segment, and whose rules they are. Never the definition itself. A missing value goes where the recipe's stand-in for it
 * goes, or to the fallback where the recipe says so. Neither the order of the customers nor chance plays a part.
 *
 * @param definition - Segments of clusters.
 * @param customers - On whom the rules are grown and measured; at least one must be in a segment.
 * @throws InputError if the definition holds rules already, or as assignCustomers and explainSegments.
 * @see {@link explainSegments}; Frost, Moshkovitz & Rashtchian (2020), ExKMC, on trees that explain k-means.
 */
export function surrogateRules(
  definition: Definition,
  customers: CustomerValues,
  options: SurrogateOptions = {},
): RulesDefinition {
  const { model, segments } = definition;
  if (model.kind === "rules")
    throw new InputError(
      `surrogateRules: definition must be of clusters, got rules in ${describeValue(definition.id)}`,
    );
  const { keys } = customers;
  const ofClusters = { ...definition, model };
  const { labels } = assignCustomers(definition, customers);
  if (labels.every((label) => label < 0))
    throw new InputError("surrogateRules: customers must hold one in a segment, got none");
  const columns = numberColumns(definition, customers);
  const explained = explainSegments({ keyName: definition.keyName, keys, columns }, labels, {
    segments,
    ...options,
  });
  const parts: RulesToDefine = {
    id: `${definition.id}-rules`,
    version: definition.version,
    createdFor: definition.createdFor,
    ...writtenMaxAge(definition.maxAgeDays),
    keyName: definition.keyName,
    features: definition.features.filter(({ name }) => columns.some(({ feature }) => feature.name === name)),
    segments,
    rules: explained.segments.flatMap(({ key, rules }) =>
      // A segment that no rule leads to is nobody's.
      rules.length === 0
        ? [{ segment: key, when: { any: [] } }]
        : rules.map(({ conditions }) => ({ segment: key, when: ruleCondition(conditions, ofClusters) })),
    ),
    otherwise: "fallback",
    fallback: definition.fallback,
    customers,
    lineage: definition.fingerprint,
    ...(definition.owner !== null && { owner: definition.owner }),
  };
  const surrogate = measure(definition, {
    labels,
    byRule: assignCustomers(defineRules(parts), customers).labels,
  });
  const note = `Rules that stand in for the segments of ${definition.id}: ${percentText(surrogate.agreement)} of ${surrogate.customers} customers are in the same segment. They do not define them.`;
  return defineRules({ ...parts, surrogate, notes: [note] });
}

function numberColumns(definition: Definition, customers: CustomerValues): NumberColumn[] {
  const inputs = inputsOf(definition);
  return columnsFor(inputs, customers).map((values, j) => {
    const { name, label, unit, role, meaning } = definition.features.find(
      (feature) => feature.name === inputs[j]!.name,
    )!;
    const feature: Feature = { name, label, unit, type: "number", role, meaning, source: "definition" };
    return {
      kind: "number",
      feature: { ...feature, role: "basis" },
      values: Float64Array.from(values as ArrayLike<number>),
    };
  });
}

/** The ranges of a rule, each with the missing values that the recipe would read as lying within. */
function ruleCondition(conditions: readonly RuleCondition[], { recipe }: KMeansDefinition): Condition {
  const ranges = conditions.map((condition): Condition => {
    const feature = condition.feature.name;
    const step = recipe.steps.find((one) => one.feature === feature)!;
    const range = rangeCondition(condition);
    const takesMissing = step.whenMissing === "impute" && isWithin(step.impute, condition);
    return takesMissing ? { any: [range, { feature, isMissing: true }] } : range;
  });
  const named = conditions.map(({ feature }) => feature.name);
  const needed = recipe.steps
    .filter(({ feature, whenMissing }) => whenMissing === "fallback" && !named.includes(feature))
    .map(({ feature }): Condition => ({ not: { feature, isMissing: true } }));
  return { all: [...ranges, ...needed] };
}

function rangeCondition({ feature, above, atMost }: RuleCondition): Condition {
  const limits: Condition[] = [
    ...(above === null ? [] : [{ feature: feature.name, is: ">", value: above } as const]),
    ...(atMost === null ? [] : [{ feature: feature.name, is: "<=", value: atMost } as const]),
  ];
  return limits.length === 1 ? limits[0]! : { all: limits };
}

function isWithin(value: number, { above, atMost }: RuleCondition): boolean {
  return (above === null || value > above) && (atMost === null || value <= atMost);
}

function measure(
  { fingerprint, segments }: Definition,
  { labels, byRule }: { readonly labels: Int32Array; readonly byRule: Int32Array },
): Surrogate {
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const same = labels.filter((label, row) => byRule[row] === label).length;
  return {
    of: fingerprint,
    customers: labels.length,
    agreement: same / labels.length,
    segments: segments.map(({ key }, j) => {
      const both = labels.filter((label, row) => label === j && byRule[row] === j).length;
      return {
        key,
        found: share(both, labels.filter((label) => label === j).length),
        right: share(both, byRule.filter((label) => label === j).length),
      };
    }),
  };
}
