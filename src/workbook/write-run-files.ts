import { statSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../core/write-atomic.js";
import { exportDefinition } from "../exports/export-definition.js";
import { writeAssignments } from "../segments/write-assignments.js";
import { writeDefinition } from "../segments/write-definition.js";
import type { CleaningAccount } from "../sources/account.js";
import type { Segmentation } from "./segment-customers.js";

/** A file that was written. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Writes the cleaning account as `account.json` into a folder.
 *
 * @param folder - Made if it is not there; empty: nothing is written.
 * @returns The file, or none.
 */
export function writeAccount(account: CleaningAccount, folder: string): readonly WrittenFile[] {
  if (folder === "") return [];
  writeFileAtomic(join(folder, "account.json"), `${JSON.stringify(account, null, 2)}\n`);
  return [fileIn(folder, "account.json")];
}

/**
 * Writes what others take away from a segmentation: `definition.json`, `assignments.csv`, `segments-duckdb.sql`,
 * `segments-postgresql.sql`.
 *
 * @param folder - Made if it is not there; empty: nothing is written.
 * @returns The files, or none.
 */
export function writeRunFiles(found: Segmentation, folder: string): readonly WrittenFile[] {
  if (folder === "") return [];
  const { definition, assignment } = found;
  writeDefinition(join(folder, "definition.json"), definition);
  writeAssignments(join(folder, "assignments.csv"), definition, assignment);
  for (const dialect of ["duckdb", "postgresql"] as const)
    writeFileAtomic(
      join(folder, `segments-${dialect}.sql`),
      exportDefinition(definition, { to: "sql", dialect }),
    );
  const names = ["definition.json", "assignments.csv", "segments-duckdb.sql", "segments-postgresql.sql"];
  return names.map((name) => fileIn(folder, name));
}

function fileIn(folder: string, name: string): WrittenFile {
  return { name, bytes: statSync(join(folder, name)).size };
}
