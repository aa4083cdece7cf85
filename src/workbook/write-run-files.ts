import { statSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../core/write-atomic.js";
import { definitionExcel } from "../exports/definition-excel.js";
import { exportDefinition } from "../exports/export-definition.js";
import type { TargetCheck } from "../exports/verify-targets.js";
import { renderSegmentCards } from "../report/segment-cards.js";
import { factsText } from "../segments/facts-file.js";
import type { SegmentFacts } from "../segments/segment-facts.js";
import { writeAssignments } from "../segments/write-assignments.js";
import { writeDefinition } from "../segments/write-definition.js";
import type { CleaningAccount } from "../sources/account.js";
import type { Segmentation } from "./segmentation.js";

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

/** What {@link writeRunFiles} is given besides the segmentation. */
export interface RunFileOptions {
  /** Made by `segmentFacts`; absent: no files for people who work without a notebook. */
  readonly facts?: SegmentFacts;
  /** What `verifyTargets` found; the Excel workbook shows it. */
  readonly proof?: readonly TargetCheck[];
}

/**
 * Writes what others take away from a segmentation: `definition.json`, `assignments.csv`, `segments-duckdb.sql`,
 * `segments-postgresql.sql`; with facts also `profile.json`, `segments.xlsx` for analysts and `cards.html`, a page per segment.
 *
 * @param folder - Made if it is not there; empty: nothing is written.
 * @returns The files, or none.
 */
export function writeRunFiles(
  found: Segmentation,
  folder: string,
  options: RunFileOptions = {},
): readonly WrittenFile[] {
  if (folder === "") return [];
  const { definition, assignment, refresh } = found;
  writeDefinition(join(folder, "definition.json"), definition);
  writeAssignments(join(folder, "assignments.csv"), definition, assignment, refresh ? { refresh } : {});
  for (const dialect of ["duckdb", "postgresql"] as const)
    writeFileAtomic(
      join(folder, `segments-${dialect}.sql`),
      exportDefinition(definition, { to: "sql", dialect }),
    );
  const names = ["definition.json", "assignments.csv", "segments-duckdb.sql", "segments-postgresql.sql"];
  return [...names, ...writeFacts(found, folder, options)].map((name) => fileIn(folder, name));
}

function writeFacts(
  { definition }: Segmentation,
  folder: string,
  { facts, proof }: RunFileOptions,
): readonly string[] {
  if (facts === undefined) return [];
  const { privacy } = facts;
  const contents: readonly (readonly [string, string | Uint8Array])[] = [
    ["profile.json", factsText(facts)],
    ["segments.xlsx", definitionExcel(definition, { facts, privacy, ...(proof && { proof }) })],
    ["cards.html", renderSegmentCards(facts)],
  ];
  for (const [name, content] of contents) writeFileAtomic(join(folder, name), content);
  return contents.map(([name]) => name);
}

function fileIn(folder: string, name: string): WrittenFile {
  return { name, bytes: statSync(join(folder, name)).size };
}
