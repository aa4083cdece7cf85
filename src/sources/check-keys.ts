import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import type { CheckedTable } from "./checked-table.js";

/**
 * Throws where a spreadsheet has taken customer keys for numbers: digits are lost in `1.23457E+11`, and `17850.0` matches no `17850`.
 *
 * @throws InputError with the first line and what to do.
 */
export async function checkKeys(engine: Engine, { rows, raw, source }: CheckedTable): Promise<void> {
  const column = source.columns.get("customer");
  if (column === undefined) return;
  const key = source.join === undefined ? "customer_id" : "join_key";
  const isRounded = `contains(${key}, 'E+') AND regexp_full_match(${key}, '[0-9]([.,][0-9]+)?E[+][0-9]+')`;
  const isFloat = `ends_with(${key}, '.0') AND regexp_full_match(${key}, '[0-9]+[.]0')`;
  const [seen] = await engine.rows(
    `SELECT bool_or(contains(${key}, 'E+') OR ends_with(${key}, '.0')) AS is_odd FROM ${rows}`,
  );
  if (seen?.get("is_odd") !== true) return;
  const [row] = await engine.rows(`
    SELECT min(row_number) FILTER (${isRounded}) AS rounded, min(row_number) FILTER (${isFloat}) AS float,
      count(*) FILTER (${isFloat}) AS floats, count(${key}) AS keys FROM ${rows}`);
  const requirement = `sources.${source.name}.columns.customer must name a column of whole keys`;
  const place = (name: string) =>
    `column ${JSON.stringify(column)} at line ${raw.placeOf(Number(row?.get(name))).line}`;
  if (row?.get("rounded") !== null)
    throw new InputError(
      `loadSources: ${requirement}, got one that a spreadsheet has rounded (like 1.23457E+11) in ${place("rounded")}. Export the keys as text`,
    );
  if (row.get("float") !== null && row.get("floats") === row.get("keys"))
    throw new InputError(
      `loadSources: ${requirement}, got only numbers with .0 in ${place("float")}. Say stripFromKey: '\\.0$'`,
    );
}
