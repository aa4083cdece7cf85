import type { HouseholdsStep } from "../config/cleaning-config.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { countRows } from "./count-rows.js";
import type { CleaningPlan, DropRule, PlanInput } from "./table-plan.js";

/**
 * Makes one customer of the members of a household: those that a mapping source gives the same household, or those of the
 * customers file with the same address columns (letter case aside; an empty one shares nothing), whose household is named after the smallest key.
 *
 * In the customers file one member's row stays, that with the smallest key; rows of every other source follow.
 */
export function planHouseholds(step: HouseholdsStep, { source }: PlanInput): CleaningPlan {
  const column = source.columns.get("customer")!;
  const isList = source.kind === "customers";
  const rule: DropRule = {
    reason: "same-household",
    column,
    when: "",
    message: "another member of the household stands for it",
  };
  return {
    step: step.step,
    rules: isList ? [rule] : [],
    run: async (engine, { table, firstRule }) => {
      await engine.run(`CREATE OR REPLACE TABLE "households" AS ${memberships(step, table)}`);
      if (isList)
        await engine.run(`
          UPDATE ${table} SET rule = ${firstRule} FROM (
            SELECT household_id, min(customer_id) AS head FROM "households"
            WHERE customer_id IN (SELECT customer_id FROM ${table} WHERE rule IS NULL) GROUP BY household_id) AS home
          JOIN "households" AS member USING (household_id)
          WHERE rule IS NULL AND member.customer_id = ${table}.customer_id AND member.customer_id <> home.head`);
      const isMember = `rule IS NULL AND customer_id IN (SELECT customer_id FROM "households" WHERE customer_id <> household_id)`;
      const changed = await countRows(engine, table, isMember);
      await engine.run(`
        UPDATE ${table} SET customer_id = member.household_id FROM "households" AS member
        WHERE rule IS NULL AND member.customer_id = ${table}.customer_id`);
      const [row] = await engine.rows(`
        SELECT count(*) AS members, count(DISTINCT household_id) AS households FROM "households"`);
      return { changed, detail: `${row?.get("members")} customers in ${row?.get("households")} households` };
    },
  };
}

/** Query of customer_id and household_id, each customer once. */
function memberships({ through, by }: HouseholdsStep, table: string): string {
  if (through !== undefined)
    return `
      SELECT key AS customer_id, min(customer_id) AS household_id
      FROM ${quoteIdentifier(`mapping_${through}`, "duckdb")} GROUP BY key HAVING min(customer_id) = max(customer_id)`;
  const home = by.map((_, j) => `home${j}`);
  return `
    SELECT customer_id, min(household_id) AS household_id FROM (
      SELECT customer_id, min(customer_id) OVER (PARTITION BY ${home.join(", ")}) AS household_id
      FROM ${table} WHERE rule IS NULL AND ${home.map((name) => `${name} IS NOT NULL`).join(" AND ")})
    GROUP BY customer_id`;
}
