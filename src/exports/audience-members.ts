import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import {
  findFaults,
  refuseEmpty,
  refuseMissingKeys,
  refuseRepeatedKeys,
} from "../sources/check-feature-file.js";
import { type OpenFeatureFile, openFeatureFile } from "../sources/open-feature-file.js";
import { hmacSql } from "./audience-key.js";
import {
  type AudiencePlatformName,
  audiencePlatforms,
  type ContactField,
  uploadedSql,
} from "./audience-platforms.js";

/** How customers appear in audience files. */
export type AudienceIds = "clear" | "hmac" | AudiencePlatformName;

/** A file with one row per customer that says by what they can be found. */
export interface ContactFile {
  readonly path: string;
  /** Column that names the customer as the assignments do. */
  readonly key: string;
  readonly columns: Partial<Readonly<Record<ContactField, string>>>;
}

/** Where members come from and what is written of them. */
export interface MembersOptions {
  readonly assignments: string;
  readonly ids: AudienceIds;
  readonly contacts?: ContactFile;
  /** ISO 3166-1 code for phone numbers without one of their own. */
  readonly defaultCountry?: string;
  /** Whether a key is in use. */
  readonly hasKey: boolean;
}

/** Columns of the audience files, in order. */
export interface Members {
  readonly columns: readonly string[];
}

/** The temporary table of members: `row`, `segment`, `member` (keyed hash; NULL without a key), and `i0`, `i1`, … */
export const membersTable = "segbook_audience_members";

/**
 * Collects the members of every segment with the identifiers that are to be written, in the order of the assignments.
 *
 * A value that the platform's rules cannot use is NULL; a customer without any has `i0`, `i1`, … NULL throughout.
 *
 * @throws InputError if a file cannot be read or changes meanwhile, or a customer is named twice.
 */
export async function collectMembers(engine: Engine, options: MembersOptions): Promise<Members> {
  const { assignments, ids, hasKey } = options;
  const inputs = [{ name: "segment", type: "text" }] as const;
  const assigned = await openFeatureFile(engine, assignments, { key: "customer_id", inputs });
  try {
    await requireKeys(engine, assigned);
    const customer = "CAST(a.customer AS VARCHAR)";
    const member = hasKey ? hmacSql(customer) : "CAST(NULL AS VARCHAR)";
    const kept = `a.row AS row, a.v0 AS segment, ${member} AS member`;
    const from = `${assigned.relation} AS a`;
    if (ids === "clear" || ids === "hmac") {
      await fillMembers(engine, `SELECT ${kept}, ${ids === "hmac" ? member : customer} AS i0 FROM ${from}`);
      assigned.checkUnchanged();
      return { columns: [ids === "hmac" ? "customer_hmac" : "customer_id"] };
    }
    const members = await collectContacts(engine, { ...options, ids, kept, from });
    assigned.checkUnchanged();
    return members;
  } finally {
    assigned.release();
  }
}

async function collectContacts(
  engine: Engine,
  options: MembersOptions & {
    readonly ids: AudiencePlatformName;
    readonly kept: string;
    readonly from: string;
  },
): Promise<Members> {
  const { ids, contacts, defaultCountry, kept, from } = options;
  if (contacts === undefined)
    throw new InputError(
      `exportAudiences: contacts must be given for ${ids}, which finds customers by e-mail or phone, got none`,
    );
  const fields = audiencePlatforms[ids].fields.filter(({ field }) => contacts.columns[field] !== undefined);
  if (!fields.some(({ field }) => field === "email" || field === "phone"))
    throw new InputError(
      `exportAudiences: contacts must have an e-mail or phone column that ${ids} can use, got neither`,
    );
  const names = [...new Set(fields.map(({ field }) => contacts.columns[field]!))];
  const inputs = names.map((name) => ({ name, type: "text" as const }));
  const file = await openFeatureFile(engine, contacts.path, { key: contacts.key, inputs });
  try {
    await requireKeys(engine, file);
    const uploaded = fields.map((field, i) => {
      const text = `c.v${names.indexOf(contacts.columns[field.field]!)}`;
      return `${uploadedSql(field, text, defaultCountry)} AS ${quoteIdentifier(`i${i}`, "duckdb")}`;
    });
    await fillMembers(
      engine,
      `SELECT ${[kept, ...uploaded].join(", ")} FROM ${from}
        LEFT JOIN ${file.relation} AS c ON CAST(a.customer AS VARCHAR) = CAST(c.customer AS VARCHAR)`,
    );
    file.checkUnchanged();
    return { columns: fields.map(({ column }) => column) };
  } finally {
    file.release();
  }
}

async function fillMembers(engine: Engine, select: string): Promise<void> {
  await engine.run(`CREATE OR REPLACE TEMPORARY TABLE ${membersTable} AS ${select}`);
}

async function requireKeys(engine: Engine, file: OpenFeatureFile): Promise<void> {
  const faults = await findFaults(engine, file);
  refuseEmpty(file, faults.rows);
  if (faults.missingKeys > 0) await refuseMissingKeys(engine, file);
  if (faults.hasRepeatedKeys) await refuseRepeatedKeys(engine, file);
}
