import { join } from "node:path";
import { checkChoice, checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import type { CopyFormat } from "../engine/copy-query.js";
import { openDuckDb } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { lastFreshDay } from "../segments/staleness.js";
import { writeAudienceFiles } from "./audience-files.js";
import { useKey } from "./audience-key.js";
import { type Audience, type AudienceManifest, labelOf, rulesOf, warningsOf } from "./audience-manifest.js";
import { type AudienceIds, type ContactFile, collectMembers, membersTable } from "./audience-members.js";
import { audiencePlatforms } from "./audience-platforms.js";
import { readState, writeState } from "./audience-state.js";

/** How audiences are exported. */
export interface AudienceOptions {
  /** A file that `segbook assign` wrote. */
  readonly assignments: string;
  /** Folder for the files, made if it is not there. */
  readonly folder: string;
  /** `clear`: customer ids as they are; `hmac`: keyed, for joins of your own; or the rules of an ad platform. */
  readonly ids: AudienceIds;
  /** Must be true where files hold personal data: ids in clear, or unsalted hashes, which anybody can compute anew. */
  readonly personalData?: boolean;
  /** Needed for an ad platform. */
  readonly contacts?: ContactFile;
  /** Country of phone numbers that do not name their own, such as DE; without it they are not used. */
  readonly defaultCountry?: string;
  /** Secret of at least 32 bytes, for `hmac` and `state`; never written. */
  readonly key?: string;
  /** Remembers what was exported, so that only differences are written; needs a key. */
  readonly state?: string;
  /** Audiences of fewer members are not written; default 100. */
  readonly minimumSize?: number;
  /** Writes them all the same; recorded in the manifest. */
  readonly allowSmallAudiences?: boolean;
  /** Default csv. */
  readonly format?: CopyFormat;
  readonly signal?: AbortSignal;
}

const caller = "exportAudiences";
/**
 * Writes the members of each segment for other systems: whole lists, or with a state what changed since the last export.
 *
 * Files are called `<definition>.<segment>.<ids>-v<version>[.personal-data].<change>.<format>` and each is whole or not there; the
 * state and the manifest come last, so that an export which was stopped can be repeated. A customer who moved is removed from
 * one audience and added to the other; one whose identifiers changed is an update, with the old ones beside the new. An audience
 * that falls below the minimum is removed.
 *
 * @throws InputError if the assignments name a segment that the definition has not, a file cannot be read, a key or contacts are
 * missing, or files would hold personal data and nobody said so.
 */
export async function exportAudiences(
  definition: Definition,
  options: AudienceOptions,
): Promise<AudienceManifest> {
  checkOptions(options);
  const engine = await openDuckDb({ memoryLimitMb: 1000, ...(options.signal && { signal: options.signal }) });
  try {
    if (options.key !== undefined) await useKey(engine, options.key);
    const { columns } = await collectMembers(engine, { ...options, hasKey: options.key !== undefined });
    await requireKnownSegments(engine, definition);
    return await writeAudiences(engine, definition, { ...options, columns });
  } finally {
    engine.close();
  }
}

function checkOptions({ ids, key, state, personalData, minimumSize = 100 }: AudienceOptions): void {
  checkCount(caller, "minimumSize", minimumSize, 1);
  const choices: AudienceIds[] = ["clear", "hmac", ...(Object.keys(audiencePlatforms) as AudienceIds[])];
  checkChoice(caller, "ids", ids, choices);
  if (ids !== "hmac" && personalData !== true)
    throw new InputError(
      `${caller}: personalData must be true for ids ${ids}, got nothing. ${labelOf(ids)} Say that you know, or take ids hmac`,
    );
  if ((ids === "hmac" || state !== undefined) && key === undefined)
    throw new InputError(
      `${caller}: key must be given for ${ids === "hmac" ? "ids hmac" : "a state"}, got none`,
    );
  if (state !== undefined && ids === "clear")
    throw new InputError(
      `${caller}: state must come with ids that are hashed, got ids clear, which would put ids in clear into it`,
    );
}

async function requireKnownSegments(engine: Engine, { segments, fallback }: Definition): Promise<void> {
  const known = [...segments.map(({ key }) => key), fallback.key].map((key) => quoteText(key, "duckdb"));
  const [other] = await engine.rows(
    `SELECT count(*) AS "rows" FROM ${membersTable} WHERE segment IS NULL OR segment NOT IN (${known.join(", ")})`,
  );
  const rows = Number(other!.get("rows"));
  if (rows > 0)
    throw new InputError(
      `${caller}: assignments must name segments of the definition, got others in ${rows} rows. Assign the customers with this definition first`,
    );
}

interface Writing extends AudienceOptions {
  readonly columns: readonly string[];
}

async function writeAudiences(
  engine: Engine,
  definition: Definition,
  options: Writing,
): Promise<AudienceManifest> {
  const { ids, state, columns, folder, minimumSize = 100, allowSmallAudiences = false } = options;
  const { version, source } = rulesOf(ids);
  const identifiers = columns.map((_, i) => `i${i}`);
  const isFound = `(${identifiers.map((name) => `${name} IS NOT NULL`).join(" OR ")})`;
  const content = { madeFor: `${definition.id} ${ids}-v${version} ${columns.join(",")}`, identifiers };
  if (state !== undefined) await readState(engine, state, content);
  const audiences: Audience[] = [];
  for (const segment of await countMembers(engine, definition, isFound))
    audiences.push(await writeAudience(engine, definition, { ...options, isFound, segment }));
  if (state !== undefined) {
    const written = audiences.filter(({ isWithheld }) => !isWithheld);
    const keys = written.map(({ segment }) => quoteText(segment, "duckdb")).join(", ") || "NULL";
    const exported = `SELECT segment, member, ${identifiers.join(", ")} FROM ${membersTable} WHERE ${isFound} AND segment IN (${keys})`;
    await writeState(engine, state, { ...content, exported });
  }
  const manifest: AudienceManifest = {
    definition: definition.fingerprint,
    createdFor: definition.createdFor,
    staleAfter: lastFreshDay(definition),
    ids,
    version,
    rules: source,
    columns,
    personalData: labelOf(ids),
    minimumSize,
    overrides: [
      ...(allowSmallAudiences ? ["allow-small-audiences"] : []),
      ...(ids === "hmac" ? [] : ["personal-data"]),
    ],
    warnings: warningsOf(definition, audiences, ids),
    audiences,
  };
  writeFileAtomic(join(folder, "audiences.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

interface CountedSegment {
  readonly key: string;
  readonly name: string;
  readonly all: number;
  /** Of them, members with an identifier. */
  readonly found: number;
}

async function countMembers(
  engine: Engine,
  { segments }: Definition,
  isFound: string,
): Promise<readonly CountedSegment[]> {
  const rows = await engine.rows(
    `SELECT segment, count(*) FILTER (WHERE ${isFound}) AS found, count(*) AS "all" FROM ${membersTable} GROUP BY segment`,
  );
  const counts = new Map(rows.map((row) => [row.get("segment"), row]));
  return segments.map(({ key, name }) => ({
    key,
    name,
    all: Number(counts.get(key)?.get("all") ?? 0),
    found: Number(counts.get(key)?.get("found") ?? 0),
  }));
}

async function writeAudience(
  engine: Engine,
  { id }: Definition,
  options: Writing & { readonly isFound: string; readonly segment: CountedSegment },
): Promise<Audience> {
  const { ids, state, columns, folder, format = "csv", isFound, segment } = options;
  const { minimumSize = 100, allowSmallAudiences = false } = options;
  const { key, name, all, found } = segment;
  const isWithheld = found < minimumSize && !allowSmallAudiences;
  const label = ids === "hmac" ? "" : ".personal-data";
  const files = await writeAudienceFiles(engine, {
    folder,
    stem: `${id}.${key}.${ids}-v${rulesOf(ids).version}${label}`,
    format,
    columns,
    segment: key,
    selection: `segment = ${quoteText(key, "duckdb")} AND ${isFound} AND ${!isWithheld}`,
    isDifference: state !== undefined,
  });
  return {
    segment: key,
    name,
    members: isWithheld ? null : found,
    withoutIdentifier: isWithheld ? null : all - found,
    isWithheld,
    files,
  };
}
