import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SourceKind } from "../config/workbook-config.js";
import { checkChoice } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { PrivacyConfig } from "../core/privacy.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { findLeaks, overrideSentences, requireNoLeaks } from "../disclosure/check-texts.js";
import { createScanner } from "../disclosure/scan-text.js";
import type { ScoringDialect } from "../engine/dialect.js";
import { type ExportOptions, exportFiles, exportTargets, proofSigns } from "../exports/export-definition.js";
import { type Proof, readProof } from "../exports/proof.js";
import type { ExportedFiles, ExportTarget } from "../exports/target.js";
import { targets } from "../exports/targets.js";
import type { Definition } from "../segments/definition.js";
import { readDefinition } from "../segments/read-definition.js";
import type { Command, CommandInput } from "./command.js";
import { exportForPeople, isForPeople, peopleTargets } from "./export-for-people.js";
import { type OutputFile, outputFile } from "./output-file.js";
import { allowedBy, allowOption, privacyOf } from "./privacy-option.js";

const dialects = targets.flatMap(({ dialect }) => dialect ?? []).join(", ");

const tableKinds: readonly SourceKind[] = [
  "customers",
  "transactions",
  "survey",
  "web",
  "social",
  "campaigns",
  "support",
  "subscriptions",
];

/** `segbook export`: a definition in another system's words. */
export const exportCommand: Command = {
  name: "export",
  usage: "segbook export --definition D.json --to TARGET [--dialect NAME] --output F",
  example: "segbook export --definition definition.json --to sql --dialect postgresql --output segments.sql",
  options: {
    definition: { type: "string", help: "the definition file" },
    to: { type: "string", help: `one of ${[...exportTargets, ...peopleTargets].join(", ")}` },
    dialect: { type: "string", help: `with sql, and with dbt (default duckdb): ${dialects}` },
    table: {
      type: "string",
      help: "with sql and dbt: the table with one row per customer (default customer_features)",
    },
    sources: {
      type: "string",
      help: "with sql: transactions=TABLE,customers=TABLE,…: the whole query from these source tables, not over a features table",
    },
    proof: {
      type: "string",
      help: "what segbook verify --proof wrote: goes into the first lines, or beside the output as <output>.proof.json",
    },
    profile: {
      type: "string",
      help: "with excel and cards: profile.json of a run (default: the one beside the definition)",
    },
    allow: allowOption,
    output: { type: "string", help: "the file to write; with dbt the folder" },
  },
  positionals: [0, 0],
  async run(input, { folder, environment }) {
    const definitionFile = resolve(folder, input.required("definition"));
    const to = input.required("to");
    checkChoice("segbook export", "--to", to, [...exportTargets, ...peopleTargets]);
    const output = outputFile("segbook export", input, { folder, sources: ["definition", "proof"] });
    const definition = readDefinition(definitionFile);
    const proof = givenProof(input, folder, definition);
    if (isForPeople(to)) {
      const asked = { to, definition, definitionFile, output, proof };
      return exportForPeople(asked, input, { folder, environment });
    }
    const files = exportFiles(definition, exportOptions(input, to, proof));
    const privacy = privacyOf(undefined, allowedBy("segbook export", input, ["personal-data"]));
    requireNobodyNamed(files, definition, privacy);
    const sizes = writeFiles(files, output);
    if (proof !== undefined && proofSigns[to] === undefined)
      writeFileAtomic(`${output.path}.proof.json`, `${JSON.stringify(proof, null, 2)}\n`);
    // Not every format has a place for it, so it stands beside the file.
    if (privacy.allow.length > 0)
      writeFileAtomic(
        `${output.path}.privacy.json`,
        `${JSON.stringify(overrideSentences(privacy), null, 2)}\n`,
      );
    const bytes = sizes.reduce((sum, file) => sum + file.bytes, 0);
    return {
      document: { path: output.written, bytes, ...(sizes.length > 1 && { files: sizes }) },
      text: sizes.map((file) => `wrote ${file.path} (${file.bytes} bytes)`).join("\n"),
      exitCode: 0,
    };
  },
};

/** One file as the output itself, several into a folder of its name. */
function writeFiles(
  files: ExportedFiles,
  { path, written }: OutputFile,
): readonly { readonly path: string; readonly bytes: number }[] {
  const inFolder = files.size > 1;
  return [...files].map(([name, content]) => {
    writeFileAtomic(inFolder ? join(path, name) : path, content);
    return { path: inFolder ? join(written, name) : written, bytes: Buffer.byteLength(content) };
  });
}

/** A name or description that somebody wrote can hold an e-mail address; nothing of that leaves. */
function requireNobodyNamed(files: ExportedFiles, definition: Definition, privacy: PrivacyConfig): void {
  const texts = [...files].flatMap(([name, text]) => (typeof text === "string" ? [{ name, text }] : []));
  const leaks = findLeaks(texts, createScanner({ keyName: definition.keyName }));
  requireNoLeaks("segbook export", leaks, privacy);
}

function exportOptions(input: CommandInput, to: ExportTarget, proof: Proof | undefined): ExportOptions {
  const dialect = input.text("dialect");
  const table = input.text("table");
  const sources = input.text("sources");
  if (dialect !== undefined && to !== "sql" && to !== "dbt")
    throw new InputError(
      `segbook export: --dialect must be given with --to sql or dbt only, got it with --to ${to}`,
    );
  return {
    to,
    ...(dialect !== undefined && { dialect: dialect as ScoringDialect }),
    ...(table !== undefined && { table }),
    ...(sources !== undefined && { sources: sourceTables(sources) }),
    ...(proof && { proof }),
  };
}

function sourceTables(text: string): ReadonlyMap<SourceKind, string> {
  return new Map(
    text.split(",").map((pair) => {
      const [kind, table, ...rest] = pair.split("=");
      checkChoice("segbook export", "a kind in --sources", kind, tableKinds);
      if (table && rest.length === 0) return [kind, table];
      throw new InputError(
        `segbook export: --sources must be KIND=TABLE, separated by commas, got ${JSON.stringify(pair)}`,
      );
    }),
  );
}

function givenProof(input: CommandInput, folder: string, definition: Definition): Proof | undefined {
  const file = input.text("proof");
  if (file === undefined) return undefined;
  try {
    return readProof(readFileSync(resolve(folder, file), "utf8"), definition);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `segbook export: --proof must be a file that can be read, got ${JSON.stringify(file)}`,
    );
  }
}
