import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import type { JoinAccount } from "./account.js";
import type { CheckedTable } from "./checked-table.js";

/**
 * What a declared join did; nothing where none is declared.
 *
 * @throws InputError if more rows find no customer than the limit allows, or a key means several customers and the workbook does not
 * say to drop it.
 */
export async function joinAccount(
  engine: Engine,
  { rows, raw, source }: CheckedTable,
): Promise<{ readonly join?: JoinAccount }> {
  const { join, name } = source;
  if (join === undefined) return {};
  const parts = ["= 1", "= 0", "> 1"].map((count, i) => {
    const where = `FILTER (join_count ${count})`;
    return `count(DISTINCT join_key) ${where} AS keys${i}, count(*) ${where} AS rows${i}, min(row_number) ${where} AS first${i}`;
  });
  const [row] = await engine.rows(`SELECT ${parts.join(", ")} FROM ${rows} WHERE join_key IS NOT NULL`);
  const number = (column: string) => Number(row?.get(column));
  const through = join.through ?? "customers";
  const account: JoinAccount = {
    through,
    keptKeys: number("keys0"),
    keptRows: number("rows0"),
    lostKeys: number("keys1"),
    lostRows: number("rows1"),
    doubledKeys: number("keys2"),
    doubledRows: number("rows2"),
  };
  const { keptRows, lostRows, lostKeys, doubledRows, doubledKeys } = account;
  const place = (i: number) => `the first at line ${raw.placeOf(number(`first${i}`)).line}`;
  const total = keptRows + lostRows + doubledRows;
  if (lostRows > join.lossLimit * total)
    throw new InputError(
      `loadSources: sources.${name}.join must lose at most ${percent(join.lossLimit)} of the rows, got ${lostRows} of ${total} (${percent(lostRows / total)}) with ${lostKeys} keys that ${through} does not have, ${place(1)}. Raise lossLimit if that is right`,
    );
  if (doubledRows > 0 && join.doubled === "stop")
    throw new InputError(
      `loadSources: sources.${name}.join must find one customer per key, got ${doubledKeys} keys of ${doubledRows} rows that mean several in ${through}, ${place(2)}. Mend ${through}, or say doubled: drop`,
    );
  return { join: account };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, "")} %`;
}
