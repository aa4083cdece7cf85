import { join } from "node:path";
import { type CopyFormat, copyQuery } from "../engine/copy-query.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier, quoteText } from "../engine/sql-text.js";
import { membersTable } from "./audience-members.js";
import { lastTable } from "./audience-state.js";

/** A file of an audience. `add`, `update` and `remove` are differences from the last export. */
export interface AudienceFile {
  readonly file: string;
  readonly change: "all" | "add" | "update" | "remove";
  readonly rows: number;
}

/** Which files of one audience are written, and where. */
export interface FilesToWrite {
  readonly folder: string;
  /** Name of the files without change and format. */
  readonly stem: string;
  readonly format: CopyFormat;
  /** Names of the identifiers `i0`, `i1`, … */
  readonly columns: readonly string[];
  /** Key of the segment. */
  readonly segment: string;
  /** SQL: whether a member belongs to the audience. */
  readonly selection: string;
  /** Whether only differences from {@link lastTable} are written. */
  readonly isDifference: boolean;
}

/** Writes the whole list of an audience, or what changed in it. */
export async function writeAudienceFiles(engine: Engine, options: FilesToWrite): Promise<AudienceFile[]> {
  const { segment, isDifference, selection, columns } = options;
  const ids = columns.map((column, i) => `i${i} AS ${quoteIdentifier(column, "duckdb")}`).join(", ");
  const now = `(SELECT * FROM ${membersTable} WHERE ${selection})`;
  if (!isDifference)
    return writeFile(engine, options, { change: "all", sql: `SELECT ${ids} FROM ${now} ORDER BY row` });
  const last = `(SELECT * FROM ${lastTable} WHERE segment = ${quoteText(segment, "duckdb")})`;
  const both = columns.map(
    (column, i) =>
      `n.i${i} AS ${quoteIdentifier(column, "duckdb")}, l.i${i} AS ${quoteIdentifier(`previous ${column}`, "duckdb")}`,
  );
  const differs = columns.map((_, i) => `n.i${i} IS DISTINCT FROM l.i${i}`).join(" OR ");
  const changes = [
    { change: "add", sql: `SELECT ${ids} FROM ${now} ANTI JOIN ${last} USING (member) ORDER BY row` },
    {
      change: "update",
      sql: `SELECT ${both.join(", ")} FROM ${now} AS n JOIN ${last} AS l USING (member) WHERE ${differs} ORDER BY n.row`,
    },
    { change: "remove", sql: `SELECT ${ids} FROM ${last} ANTI JOIN ${now} USING (member) ORDER BY member` },
  ] as const;
  const files: AudienceFile[] = [];
  for (const change of changes) files.push(...(await writeFile(engine, options, change)));
  return files;
}

/** A change of nobody has no file. */
async function writeFile(
  engine: Engine,
  { folder, stem, columns, format }: FilesToWrite,
  { change, sql }: { readonly change: AudienceFile["change"]; readonly sql: string },
): Promise<AudienceFile[]> {
  const count = async (from: string): Promise<number> =>
    Number((await engine.rows(`SELECT count(*) AS "rows" FROM ${from}`))[0]!.get("rows"));
  if ((await count(`(${sql})`)) === 0) return [];
  const file = `${stem}.${change}.${format}`;
  const names = change === "update" ? columns.flatMap((name) => [name, `previous ${name}`]) : columns;
  const rows = await copyQuery(
    engine,
    { sql, columns: names, path: join(folder, file) },
    { format, inspect: count },
  );
  return [{ file, change, rows }];
}
