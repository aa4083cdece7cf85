import type { SourceConfig, SourceKind } from "../config/workbook-config.js";
import { planCampaigns, planSocial } from "./counts-plan.js";
import { planCustomers } from "./customers-plan.js";
import { planMapping, planRates } from "./helper-plans.js";
import { neededColumns } from "./raw-table.js";
import { planSubscriptions } from "./subscriptions-plan.js";
import { planSupport } from "./support-plan.js";
import { planSurvey } from "./survey-plan.js";
import type { DropRule, PlanInput, TablePlan } from "./table-plan.js";
import { planTransactions } from "./transactions-plan.js";
import { planWeb } from "./web-plan.js";

const planOfKind: Readonly<Record<SourceKind, (input: PlanInput) => TablePlan>> = {
  customers: planCustomers,
  transactions: planTransactions,
  survey: planSurvey,
  web: planWeb,
  social: planSocial,
  campaigns: planCampaigns,
  subscriptions: planSubscriptions,
  support: planSupport,
  mapping: planMapping,
  rates: planRates,
};

/** How a source becomes a typed table. */
export function planSource(input: PlanInput): TablePlan {
  return withoutNul(planOfKind[input.source.kind](input), input);
}

/** Formats in which a readable text may hold NUL; where a file is text, whoever splits it into lines has set such lines aside. */
const formatsWithNul: ReadonlySet<string> = new Set(["parquet", "sqlite", "duckdb", "table"]);

/** A plan that drops rows with a NUL character in a column that the source names, before any other rule. */
function withoutNul(plan: TablePlan, { source, header, types }: PlanInput): TablePlan {
  const texts = [...new Set(neededColumns(source))].filter(
    (column) => types === undefined || types[header.indexOf(column)] === "VARCHAR",
  );
  if (!formatsWithNul.has(source.format) || texts.length === 0) return plan;
  const [first, ...steps] = plan.steps;
  const rules = texts.map((column, k): DropRule => {
    return { reason: "nul-byte", column, when: `has_nul${k}`, message: "cell holds a NUL byte" };
  });
  const terms = texts.map((column, k) => {
    return { name: `has_nul${k}`, sql: `contains(c${header.indexOf(column)}, chr(0))` };
  });
  return { ...plan, steps: [[...first!, ...terms], ...steps], rules: [...rules, ...plan.rules] };
}

/**
 * Name of the table that a source's rows end in: that of its kind, which several sources share; a mapping or rates source has
 * a table of its own.
 */
export function tableOf({ kind, name }: SourceConfig): string {
  return kind === "mapping" || kind === "rates" ? `${kind}_${name}` : kind;
}
