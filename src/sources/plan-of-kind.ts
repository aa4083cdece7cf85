import type { SourceConfig, SourceKind } from "../config/workbook-config.js";
import { planCampaigns, planSocial } from "./counts-plan.js";
import { planCustomers } from "./customers-plan.js";
import { planMapping, planRates } from "./helper-plans.js";
import { planSubscriptions } from "./subscriptions-plan.js";
import { planSupport } from "./support-plan.js";
import { planSurvey } from "./survey-plan.js";
import type { PlanInput, TablePlan } from "./table-plan.js";
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
  return planOfKind[input.source.kind](input);
}

/**
 * Name of the table that a source's rows end in: that of its kind, which several sources share; a mapping or rates source has
 * a table of its own.
 */
export function tableOf({ kind, name }: SourceConfig): string {
  return kind === "mapping" || kind === "rates" ? `${kind}_${name}` : kind;
}
