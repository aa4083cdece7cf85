import { existsSync, readFileSync } from "node:fs";
import { RunError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import type { CleaningAccount } from "../sources/account.js";
import { damagedHistory } from "./history.js";
import { stateFiles } from "./history-layout.js";
import { parquetSql } from "./membership-sql.js";

/**
 * Looks into the tables of a state before hours are spent on what cannot end well. Reads the end of each file only.
 *
 * @throws InputError if one is missing, cut off or no Parquet.
 */
export async function checkStateTables(engine: Engine, stateFolder: string): Promise<void> {
  const { features, assignments, membership } = stateFiles(stateFolder);
  for (const path of [features, assignments, membership]) {
    if (!existsSync(path)) throw damagedHistory(path, "no file");
    try {
      await engine.rows(`SELECT count(*) FROM ${parquetSql(path)}`);
    } catch (error) {
      if (error instanceof RunError) throw error;
      throw damagedHistory(path, "a file that is cut off or no Parquet");
    }
  }
}

/**
 * The cleaning account of a state.
 *
 * @throws InputError if it is missing or no JSON.
 */
export function readStateAccount(stateFolder: string): CleaningAccount {
  const path = stateFiles(stateFolder).account;
  if (!existsSync(path)) throw damagedHistory(path, "no file");
  try {
    return JSON.parse(readFileSync(path, "utf8")) as CleaningAccount;
  } catch {
    throw damagedHistory(path, "text that is no JSON");
  }
}
