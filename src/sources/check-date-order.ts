import { InputError } from "../core/errors.js";
import type { Engine, QueryRow } from "../engine/engine.js";
import type { CheckedTable } from "./checked-table.js";
import { swappedFormat } from "./date-terms.js";

/**
 * Throws where day and month stand in both orders in the date column: some days read only as declared (31/01), others only the other way
 * round (01/31). The rest could be either, and would be read wrong without a sign.
 *
 * @throws InputError with a line of each, or, if none reads only as declared, with the format to declare.
 */
export async function checkDateOrder(
  engine: Engine,
  { rows, raw, source, plan }: CheckedTable,
): Promise<void> {
  if (!plan.extra.includes("only_swapped")) return;
  const [row] = await engine.rows(`
    SELECT min(row_number) FILTER (only_swapped IS NOT NULL) AS other, arg_min(only_swapped, row_number)::VARCHAR AS other_day,
      min(row_number) FILTER (day(date) > 12) AS own, (arg_min(date, row_number) FILTER (day(date) > 12))::VARCHAR AS own_day
    FROM ${rows}`);
  if (row === undefined || row.get("other") === null) return;
  const other = placeText(row, "other");
  const swapped = swappedFormat(source.dateFormat)!;
  const column = source.columns.get("date") ?? source.columns.get("time")!;
  const must = `loadSources: column ${JSON.stringify(column)} of sources.${source.name} must have one order of day and month (dateFormat ${source.dateFormat}), got`;
  if (row.get("own") === null)
    throw new InputError(`${must} ${other}, which reads only as ${swapped}. Say dateFormat: "${swapped}"`);
  throw new InputError(
    `${must} both: ${placeText(row, "own")}, which reads only as declared, and ${other}, which reads only as ${swapped}`,
  );

  function placeText(row: QueryRow, name: string): string {
    const { file, line } = raw.placeOf(Number(row.get(name)));
    const [, month, day] = String(row.get(`${name}_day`)).split("-");
    return `day ${Number(day)} of month ${Number(month)} at line ${line} of ${file}`;
  }
}
