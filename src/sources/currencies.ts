import type { CurrenciesStep } from "../config/cleaning-config.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { amountSql, piecesTerm } from "./amount-sql.js";
import { countRows } from "./count-rows.js";
import { rateDecimals } from "./helper-plans.js";
import type { CleaningPlan, PlanInput } from "./table-plan.js";

/**
 * Turns prices of other currencies into the workbook's by a given rate table, exactly: price · rate in decimal digits, rounded
 * half away from zero to the workbook's decimals. A row whose currency has no rate, or several, for its day or month is dropped.
 */
export function planCurrencies(
  { step, column, rates, per }: CurrenciesStep,
  { config, source }: PlanInput,
): CleaningPlan {
  const own = quoteText(config.money.currency, "duckdb");
  const table = quoteIdentifier(`rates_${rates}`, "duckdb");
  const period = (date: string) => (per === "month" ? `date_trunc('month', ${date})` : date);
  const single = `
    SELECT currency, ${period("date")} AS period, min(rate) AS rate FROM ${table}
    GROUP BY ALL HAVING min(rate) = max(rate)`;
  return {
    step,
    rules: [
      { reason: "missing-rate", column, when: "", message: `no single rate for the currency and ${per}` },
      { reason: "too-large", column, when: "", message: "quantity times price is too large" },
    ],
    run: async (engine, { table: rows, firstRule }) => {
      const isForeign = `rule IS NULL AND currency IS DISTINCT FROM ${own}`;
      await engine.run(`
        UPDATE ${rows} SET rule = ${firstRule} WHERE ${isForeign} AND NOT EXISTS (
          SELECT 1 FROM (${single}) AS r WHERE r.currency = ${rows}.currency AND r.period = ${period(`${rows}.date`)})`);
      const changed = await countRows(engine, rows, isForeign);
      const unit = 10 ** rateDecimals;
      const price = `TRY_CAST(sign(price) * ((abs(price)::HUGEINT * r.rate + ${unit / 2}) // ${unit}) AS BIGINT)`;
      const { discountAmount, amount } = amountSql(piecesTerm(source), `(${price})`);
      await engine.run(`
        UPDATE ${rows} SET price = ${price}, discount_amount = ${discountAmount}, amount = ${amount}
          FROM (${single}) AS r
          WHERE ${isForeign.replaceAll("currency", `${rows}.currency`)} AND r.currency = ${rows}.currency
            AND r.period = ${period(`${rows}.date`)};
        UPDATE ${rows} SET rule = ${firstRule + 1} WHERE rule IS NULL AND amount IS NULL`);
      return {
        changed,
        detail: `to ${config.money.currency} by ${rates}, per ${per}, rounded half away from zero`,
      };
    },
  };
}
