import type { WorkbookConfig } from "../config/workbook-config.js";
import { cleanTables } from "../pushdown/clean-tables.js";
import type { PushdownEngine } from "../pushdown/pushdown-engine.js";
import { definitionId } from "../segments/define-segments.js";
import type { CleaningAccount } from "../sources/account.js";

/** Part of the names of a workbook's tables on a cluster, `segbook_<run>_…`. */
export function runName({ name }: WorkbookConfig): string {
  return definitionId(name)
    .replaceAll("-", "_")
    .replace(/^[^a-z]/, "s")
    .slice(0, 32);
}

/**
 * Cleans a workbook's tables on a cluster, as a fit there begins, and returns the account of their rows.
 *
 * @throws InputError as cleanTables.
 */
export async function checkOnEngine(
  engine: PushdownEngine,
  config: WorkbookConfig,
): Promise<CleaningAccount> {
  return (await cleanTables(engine, config, runName(config))).account;
}
