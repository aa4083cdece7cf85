import { resolve } from "node:path";
import { InputError } from "../core/errors.js";
import type { CopyFormat } from "../engine/copy-query.js";
import type { AudienceManifest } from "../exports/audience-manifest.js";
import type { AudienceIds, ContactFile } from "../exports/audience-members.js";
import type { ContactField } from "../exports/audience-platforms.js";
import { type AudienceOptions, exportAudiences } from "../exports/export-audiences.js";
import { tableText } from "../notebook/table-text.js";
import { readDefinition } from "../segments/read-definition.js";
import type { Command, CommandInput, Surroundings } from "./command.js";

/** `segbook audience`: the members of each segment as lists for other systems. */
export const audience: Command = {
  name: "audience",
  usage: "segbook audience --definition D.json --assignments A --ids hmac|clear|PLATFORM --output DIR",
  example:
    "segbook audience --definition definition.json --assignments assignments.parquet --ids google --personal-data --contacts contacts.csv --contact-key customer_id --email email --phone phone --country-of-phones DE --output audiences",
  options: {
    definition: { type: "string", help: "the definition file" },
    assignments: { type: "string", help: "what segbook assign wrote: .csv or .parquet" },
    ids: {
      type: "string",
      help: "hmac (keyed hash of the customer id), clear, or google, meta, snapchat, tiktok, x: unsalted SHA-256 by their rules",
    },
    output: { type: "string", help: "the folder for the lists and audiences.json, which says what they are" },
    "personal-data": {
      type: "boolean",
      help: "says that you know: ids in clear and unsalted hashes are personal data; needed for all ids but hmac",
    },
    contacts: { type: "string", help: "for a platform: one row per customer, .csv or .parquet" },
    "contact-key": {
      type: "string",
      help: "column of the contacts that names the customer (default customer_id)",
    },
    email: { type: "string", help: "column of the contacts; so are the next five" },
    phone: { type: "string", help: "numbers with + and country code, or of --country-of-phones" },
    "first-name": { type: "string", help: "for google and meta" },
    "last-name": { type: "string", help: "for google and meta" },
    country: { type: "string", help: "two letters, for google and meta" },
    postcode: { type: "string", help: "for google and meta" },
    "country-of-phones": {
      type: "string",
      help: "country of numbers without a code, such as DE (default: not used)",
    },
    "key-from": {
      type: "string",
      help: "name of the environment variable with the secret of at least 32 bytes, for hmac and --state; never written",
    },
    state: {
      type: "string",
      help: "remembers the last export: then only add, update and remove are written",
    },
    "minimum-size": { type: "string", help: "audiences of fewer members are withheld (default 100)" },
    "allow-small-audiences": {
      type: "boolean",
      help: "writes them all the same; recorded in audiences.json",
    },
    format: { type: "string", help: "csv (default) or parquet" },
  },
  positionals: [0, 0],
  tidiesUp: true,
  async run(input, surroundings) {
    const { folder, signal } = surroundings;
    const definition = readDefinition(resolve(folder, input.required("definition")));
    const output = resolve(folder, input.required("output"));
    const manifest = await exportAudiences(definition, {
      assignments: resolve(folder, input.required("assignments")),
      folder: output,
      ids: input.required("ids") as AudienceIds,
      personalData: input.flag("personal-data"),
      allowSmallAudiences: input.flag("allow-small-audiences"),
      format: formatOf(input),
      signal,
      ...optionsOf(input, surroundings),
    });
    return { document: { path: input.required("output"), ...manifest }, text: textOf(manifest), exitCode: 0 };
  },
};

function formatOf(input: CommandInput): CopyFormat {
  const format = input.text("format") ?? "csv";
  if (format !== "csv" && format !== "parquet")
    throw new InputError(`segbook audience: --format must be csv or parquet, got ${JSON.stringify(format)}`);
  return format;
}

function optionsOf(input: CommandInput, { folder, environment }: Surroundings): Partial<AudienceOptions> {
  const [path, state, variable] = [input.text("contacts"), input.text("state"), input.text("key-from")];
  const [defaultCountry, minimumSize] = [input.text("country-of-phones"), input.count("minimum-size", 1)];
  const key = variable === undefined ? undefined : environment[variable];
  if (variable !== undefined && !key)
    throw new InputError(
      `segbook audience: --key-from must name an environment variable that is set, got ${JSON.stringify(variable)}`,
    );
  return {
    ...(path !== undefined && { contacts: contactsOf(input, resolve(folder, path)) }),
    ...(state !== undefined && { state: resolve(folder, state) }),
    ...(key !== undefined && { key }),
    ...(defaultCountry !== undefined && { defaultCountry }),
    ...(minimumSize !== undefined && { minimumSize }),
  };
}

const contactOptions: readonly (readonly [ContactField, option: string])[] = [
  ["email", "email"],
  ["phone", "phone"],
  ["firstName", "first-name"],
  ["lastName", "last-name"],
  ["country", "country"],
  ["postcode", "postcode"],
];

function contactsOf(input: CommandInput, path: string): ContactFile {
  const given = contactOptions.flatMap(([field, option]) => {
    const column = input.text(option);
    return column === undefined ? [] : [[field, column] as const];
  });
  return { path, key: input.text("contact-key") ?? "customer_id", columns: Object.fromEntries(given) };
}

function textOf(manifest: AudienceManifest): string {
  const { audiences, minimumSize, personalData, warnings } = manifest;
  const changeOf = ({ files, isWithheld }: AudienceManifest["audiences"][number]): string => {
    const changes = files.map(({ change, rows }) => `${change} ${rows.toLocaleString("en")}`);
    return (
      [...(isWithheld ? [`fewer than ${minimumSize}: withheld`] : []), ...changes].join(", ") || "no change"
    );
  };
  const table = tableText(
    {
      kind: "table",
      caption: "Audiences",
      columns: [
        { name: "Segment" },
        { name: "Name" },
        { name: "Members", digits: 0 },
        { name: "Without identifier", digits: 0 },
        { name: "Written" },
      ],
      rows: audiences.map((one) => [
        one.segment,
        one.name,
        one.members,
        one.withoutIdentifier,
        changeOf(one),
      ]),
    },
    audiences.length,
  );
  return [table, `  ${personalData}`, ...warnings.map((warning) => `  Warning: ${warning}`)].join("\n");
}
