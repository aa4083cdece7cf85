import { InputError } from "../core/errors.js";
import type { Engine, QueryRow } from "../engine/engine.js";
import type { CheckedTable } from "./checked-table.js";
import { swappedFormat } from "./date-terms.js";
import type { DateOrder } from "./table-plan.js";

/**
 * Throws where day and month stand in both orders in a column of days: some read only as declared (31/01), others only the other
 * way round (01/31). The rest could be either, and would be read wrong without a sign.
 *
 * @throws InputError with a line of each, or, if none reads only as declared, with the format to declare.
 */
export async function checkDateOrder(engine: Engine, checked: CheckedTable): Promise<void> {
  for (const order of checked.plan.dateOrders ?? []) await checkColumn(engine, checked, order);
}

async function checkColumn(
  engine: Engine,
  { rows, raw, source }: CheckedTable,
  { column, day, onlySwapped }: DateOrder,
): Promise<void> {
  const [row] = await engine.rows(`
    SELECT min(row_number) FILTER (${onlySwapped} IS NOT NULL) AS other,
      arg_min(${onlySwapped}, row_number)::VARCHAR AS other_day,
      min(row_number) FILTER (day(${day}) > 12) AS own,
      (arg_min(${day}, row_number) FILTER (day(${day}) > 12))::VARCHAR AS own_day
    FROM ${rows}`);
  if (row === undefined || row.get("other") === null) return;
  const placeOf = (name: string) => placeText(row, name, (index) => raw.placeOf(index));
  const swapped = swappedFormat(source.dateFormat)!;
  const requirement = `column ${JSON.stringify(column)} of sources.${source.name} must have one order of day and month (dateFormat ${source.dateFormat})`;
  if (row.get("own") === null)
    throw new InputError(
      `loadSources: ${requirement}, got ${placeOf("other")}, which reads only as ${swapped}. Say dateFormat: "${swapped}"`,
    );
  throw new InputError(
    `loadSources: ${requirement}, got both: ${placeOf("own")}, which reads only as declared, and ${placeOf("other")}, which reads only as ${swapped}`,
  );
}

function placeText(
  row: QueryRow,
  name: string,
  placeOf: (row: number) => { readonly file: string; readonly line: number },
): string {
  const { file, line } = placeOf(Number(row.get(name)));
  const [, month, day] = String(row.get(`${name}_day`)).split("-");
  return `day ${Number(day)} of month ${Number(month)} at line ${line} of ${file}`;
}
