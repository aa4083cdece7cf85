import { rowKey } from "../config/row-key.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { type DropRule, type PlanInput, type Term, wordText } from "./table-plan.js";

/** How the rows of a source find their customer. */
export interface CustomerPlan {
  /** Terms over the raw columns, `customer_id` among them. */
  readonly terms: readonly Term[];
  /** Every kind begins with these. */
  readonly first: readonly DropRule[];
  /** Every kind ends with these. */
  readonly last: readonly DropRule[];
  /** Terms that the account of a join needs. */
  readonly extra: readonly string[];
}

/**
 * The customer key of a source: its column, or what a mapping source or the households make of it. Stays text, so that leading
 * zeros and long numbers survive. A lookup never multiplies rows: a key that means several customers drops its rows.
 */
export function planCustomer(input: PlanInput): CustomerPlan {
  const { source } = input;
  const column = source.columns.get("customer") ?? "";
  const key = keyText(input);
  const missing: DropRule = {
    reason: "missing-customer",
    column,
    when: "customer_id IS NULL",
    unless: "customer_id IS NOT NULL",
    message: "customer is empty",
  };
  const last = lastRules(input, column);
  const { join } = source;
  if (join === undefined)
    return {
      terms: [{ name: "customer_id", sql: householdOf(key, input) }],
      first: [missing],
      last,
      extra: [],
    };
  const isMapped = join.through !== undefined;
  const table = isMapped ? quoteIdentifier(`mapping_${join.through}`, "duckdb") : `"customers"`;
  const on = isMapped ? "key" : "customer_id";
  const among = `FROM ${table} AS looked_up WHERE looked_up.${on} = ${key}`;
  const customer = isMapped ? `(SELECT min(looked_up.customer_id) ${among})` : key;
  return {
    terms: [
      { name: "join_key", sql: key },
      { name: "customer_id", sql: householdOf(customer, input) },
      { name: "join_count", sql: `(SELECT count(DISTINCT looked_up.customer_id) ${among})` },
    ],
    first: [
      { ...missing, when: "join_key IS NULL", unless: "join_key IS NOT NULL" },
      ...(isMapped ? joinRules(join.through!, column) : []),
    ],
    last,
    extra: ["join_key", "join_count"],
  };
}

function joinRules(through: string, column: string): readonly DropRule[] {
  return [
    { reason: "no-match", column, when: "join_count = 0", message: `key is not in ${through}` },
    {
      reason: "ambiguous-key",
      column,
      when: "join_count > 1",
      message: `key means several customers in ${through}`,
    },
  ];
}

/** A customer must be known if there is a list of them. */
function lastRules({ config, source }: PlanInput, column: string): readonly DropRule[] {
  const hasList = source.kind !== "customers" && config.sources.some(({ kind }) => kind === "customers");
  const unknown: DropRule = {
    reason: "unknown-customer",
    column,
    when: `customer_id NOT IN (SELECT customer_id FROM "customers")`,
    message: "customer is not in the customers file",
  };
  return hasList ? [unknown] : [];
}

function keyText(input: PlanInput): string {
  // Over the rows as they come: the only window that keeps their order without sorting them.
  if (input.source.columns.get("customer") === rowKey) return "CAST(row_number() OVER () AS VARCHAR)";
  const { sql } = wordText("customer_id", "customer", input);
  const { stripFromKey } = input.source;
  if (stripFromKey === undefined) return sql;
  return `nullif(regexp_replace(${sql}, ${quoteText(`(?:${stripFromKey})$`, "duckdb")}, ''), '')`;
}

/** Rows of other sources follow the households that the customers file made. */
function householdOf(key: string, { config, source }: PlanInput): string {
  const isGrouped = config.sources.some(
    ({ kind, cleaning }) => kind === "customers" && cleaning.some(({ step }) => step === "households"),
  );
  if (!isGrouped || source.kind === "customers" || source.kind === "mapping") return key;
  const of = `SELECT min(member.household_id) FROM "households" AS member WHERE member.customer_id = ${key}`;
  return `coalesce((${of}), ${key})`;
}
