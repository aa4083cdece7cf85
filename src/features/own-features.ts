import type { FeatureConfig, SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import { checkChoice, describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { integer, ratio, when } from "./expression.js";
import { type FeatureDefinition, labelFromName } from "./feature-definition.js";
import { readCall } from "./formula-calls.js";
import { formulaColumns } from "./formula-columns.js";
import { refuseFormula } from "./formula-tokens.js";
import type { FormulaValue } from "./formula-values.js";
import { parseFormula } from "./parse-formula.js";
import { readFormula } from "./read-formula.js";

/**
 * The features that the team writes in `segbook.yaml`: `expression`, `unit`, and if wanted `meaning` and `source`.
 *
 * Only column names and literals of the text reach the SQL, each quoted; money is summed in minor units and leaves in major ones.
 *
 * @param sources - One per kind.
 * @throws InputError if an expression cannot be read, a number has no unit, or unit, meaning and source stand without an expression.
 */
export function ownFeatures(
  sources: readonly SourceConfig[],
  config: WorkbookConfig,
): readonly FeatureDefinition[] {
  return [...config.features].flatMap(([name, written]) => {
    checkParts(name, written);
    return written.expression === undefined
      ? []
      : [ownFeature(name, written.expression, { written, sources, config })];
  });
}

function checkParts(name: string, { expression, unit, meaning, source }: FeatureConfig): void {
  const odd = Object.entries({ unit, meaning, source }).find(([, value]) => value !== undefined);
  if (expression === undefined && odd)
    throw new InputError(
      `listFeatures: ${odd[0]} must stand beside an expression, got it for ${describeValue(name)} without one`,
    );
}

interface OwnInput {
  readonly written: FeatureConfig;
  readonly sources: readonly SourceConfig[];
  readonly config: WorkbookConfig;
}

function ownFeature(name: string, text: string, { written, sources, config }: OwnInput): FeatureDefinition {
  const kinds = sources.map(({ kind }) => kind).filter((kind) => kind !== "mapping" && kind !== "rates");
  const kind = written.source ?? (kinds.includes("transactions") ? "transactions" : kinds[0]!);
  checkChoice("listFeatures", `the source of ${describeValue(name)}`, kind, kinds);
  const columns = formulaColumns(sources.find((source) => source.kind === kind)!);
  const isSingle = kind === "customers" || kind === "survey";
  const formula = { feature: name, text };
  const value = readFormula(parseFormula(formula), {
    formula,
    kind,
    columns,
    decimals: config.money.decimals,
    asOf: config.asOf,
    level: isSingle ? "row" : "customer",
    hasAggregates: !isSingle,
    readCall,
  });
  if (value.type === "date")
    refuseFormula(
      formula,
      value.column,
      "give a number, money, a text or a condition",
      "a date",
      ". Write days_since(…)?",
    );
  const type = value.type === "text" ? "category" : "number";
  checkUnit(name, written.unit, type);
  return {
    name,
    label: written.label ?? labelFromName(name),
    unit: type === "category" ? "" : written.unit!,
    type,
    role: "descriptor",
    meaning: written.meaning ?? `As computed: ${text.replace(/\s+/g, " ").trim()}`,
    source: kind,
    window: isSingle ? "state" : "all",
    missing: "as its expression says",
    expression: resultOf(value, config),
  };
}

function checkUnit(name: string, unit: string | undefined, type: "number" | "category"): void {
  if (type === "number" && (unit === undefined || unit.trim() === ""))
    throw new InputError(
      `listFeatures: ${describeValue(name)} must have a unit, as its expression gives a number, got none. Write unit: EUR, days, orders, share 0–1, …`,
    );
  if (type === "category" && unit !== undefined && unit !== "")
    throw new InputError(
      `listFeatures: ${describeValue(name)} must have no unit, as its expression gives a text, got ${describeValue(unit)}`,
    );
}

/** Money leaves in the major unit, a condition as 1 or 0. */
function resultOf(
  { type, expression }: FormulaValue,
  { money }: WorkbookConfig,
): FeatureDefinition["expression"] {
  if (type === "money") return ratio(expression, integer(10 ** money.decimals));
  if (type !== "boolean") return expression;
  return when(expression, integer(1), when({ kind: "not", operand: expression }, integer(0)));
}
