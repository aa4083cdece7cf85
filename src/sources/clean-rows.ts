import type { Engine } from "../engine/engine.js";
import type { StepAccount } from "./account.js";
import type { CheckedTable } from "./checked-table.js";
import { countRows } from "./count-rows.js";
import { firstCleaningRule } from "./table-plan.js";

/** Takes the declared steps of a source in their order on its checked rows, each with a line for the account. */
export async function cleanRows(
  engine: Engine,
  { table, plan }: CheckedTable,
): Promise<readonly StepAccount[]> {
  const accounts: StepAccount[] = [];
  let next = firstCleaningRule(plan);
  for (const { step, rules, run } of plan.cleaning) {
    const outcome = await run(engine, { table, firstRule: next });
    const dropped =
      rules.length === 0
        ? 0
        : await countRows(engine, table, `rule BETWEEN ${next} AND ${next + rules.length - 1}`);
    accounts.push({ step, dropped, ...outcome });
    next += rules.length;
  }
  return accounts;
}
