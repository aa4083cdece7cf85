import type { OutliersStep } from "../config/cleaning-config.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { amountSql, piecesTerm } from "./amount-sql.js";
import { countRows } from "./count-rows.js";
import type { CleaningPlan, PlanInput } from "./table-plan.js";

/**
 * Brings values beyond two limits to the limit. The limits are given, or quantiles of the rows kept so far; either way they
 * stand in the account, so that a later run can have the same.
 *
 * @param numbers - What the workbook calls a column of numbers → its term.
 * @throws InputError if the step names another column.
 */
export function planOutliers(
  { step, column, limits, quantiles }: OutliersStep,
  { config, source }: PlanInput,
  numbers: ReadonlyMap<string, string>,
): CleaningPlan {
  const { kind } = source;
  const pieces = piecesTerm(source);
  const term = numbers.get(column);
  if (term === undefined)
    throw new InputError(
      `loadSources: sources.${source.name}.cleaning outliers.column must be a column of numbers of the source (${[...numbers.keys()].join(", ")}), got ${describeValue(column)}`,
    );
  const unit = column === "price" ? 10 ** config.money.decimals : 1;
  const name = quoteIdentifier(term, "duckdb");
  return {
    step,
    rules: [],
    run: async (engine, { table }) => {
      const [low, high] =
        limits === undefined
          ? await quantilesOf(quantiles!)
          : limits.map((limit) => Math.round(limit * unit));
      async function quantilesOf(shares: readonly [number, number]): Promise<readonly number[]> {
        const [row] = await engine.rows(`
          SELECT quantile_disc(${name}, ${shares[0]}) AS low, quantile_disc(${name}, ${shares[1]}) AS high
          FROM ${table} WHERE rule IS NULL`);
        return [Number(row?.get("low") ?? 0), Number(row?.get("high") ?? 0)];
      }
      const isBeyond = `rule IS NULL AND ${name} NOT BETWEEN ${low} AND ${high}`;
      const changed = await countRows(engine, table, isBeyond);
      const value = `least(greatest(${name}, ${low}), ${high})`;
      const amounts = amountSql(
        column === "quantity" && pieces === "quantity" ? `(${value})` : pieces,
        column === "price" ? `(${value})` : "price",
      );
      const rest =
        kind === "transactions"
          ? `, discount_amount = ${amounts.discountAmount}, amount = ${amounts.amount}`
          : "";
      await engine.run(`UPDATE ${table} SET ${name} = ${value}${rest} WHERE ${isBeyond}`);
      const origin =
        quantiles === undefined ? "" : `, the quantiles ${quantiles.join(" and ")} of the rows kept so far`;
      return { changed, detail: `${column}: limits [${low! / unit}, ${high! / unit}]${origin}` };
    },
  };
}
