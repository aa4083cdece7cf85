import { resolve } from "node:path";
import { type AssignFileOptions, assignFile, type FileAssignment } from "../exports/assign-file.js";
import type { AssignmentPolicy } from "../exports/assignment-policy.js";
import { tableText } from "../notebook/table-text.js";
import type { Definition } from "../segments/definition.js";
import { readDefinition } from "../segments/read-definition.js";
import type { Command, CommandInput } from "./command.js";
import { outputFile } from "./output-file.js";

/** `segbook assign`: puts the customers of a file into the segments of a definition. */
export const assign: Command = {
  name: "assign",
  usage: "segbook assign --definition D.json --input F --output G",
  example: "segbook assign --definition definition.json --input customers.csv --output assignments.parquet",
  options: {
    definition: { type: "string", help: "the definition file" },
    input: { type: "string", help: "one row per customer, any size: .csv, .tsv (also .gz) or .parquet" },
    output: { type: "string", help: "the file to write, in the order of the input: .csv or .parquet" },
    unreadable: {
      type: "string",
      help: "number or date cells that hold something else: refuse (default), missing, skip the row",
    },
    "missing-key": { type: "string", help: "rows that name no customer: refuse (default), skip" },
    "repeated-key": {
      type: "string",
      help: "a customer that comes again: refuse (default), first row counts",
    },
    "unknown-category": {
      type: "string",
      help: "texts that no rule mentions: keep (default), missing, refuse",
    },
    "as-of": { type: "string", help: "the day from which rules count days (default: the definition's)" },
    memory: { type: "string", help: "MB before the work spills to disk (default 1000)" },
    threads: { type: "string", help: "default: all processors; the result is the same with any" },
  },
  positionals: [0, 0],
  tidiesUp: true,
  async run(input, { folder, progress, signal }) {
    const definitionFile = resolve(folder, input.required("definition"));
    const file = resolve(folder, input.required("input"));
    const output = outputFile("segbook assign", input, { folder, sources: ["definition", "input"] });
    const definition = readDefinition(definitionFile);
    const assigned = await assignFile(
      definition,
      { input: file, output: output.path },
      {
        ...optionsOf(input),
        signal,
        onProgress: ({ share }) => progress(`assigning: ${Math.round(share * 100)} % of this step`),
      },
    );
    progress();
    return {
      document: { path: output.written, ...assigned },
      text: [countsText(output.written, definition, assigned), ...accountLines(assigned)].join("\n"),
      exitCode: 0,
    };
  },
};

function optionsOf(input: CommandInput): AssignFileOptions {
  const policy = {
    unreadable: input.text("unreadable"),
    missingKey: input.text("missing-key"),
    repeatedKey: input.text("repeated-key"),
    unknownCategory: input.text("unknown-category"),
  };
  const given = Object.entries(policy).filter(([, choice]) => choice !== undefined);
  const [asOf, memoryLimitMb, threads] = [
    input.text("as-of"),
    input.count("memory", 100),
    input.count("threads", 1),
  ];
  return {
    policy: Object.fromEntries(given) as Partial<AssignmentPolicy>,
    ...(asOf !== undefined && { asOf }),
    ...(memoryLimitMb !== undefined && { memoryLimitMb }),
    ...(threads !== undefined && { threads }),
  };
}

function countsText(written: string, { fallback }: Definition, assigned: FileAssignment): string {
  const { segments, unassigned } = assigned;
  return tableText(
    {
      kind: "table",
      caption: `${written}: customers by segment`,
      columns: [{ name: "Segment" }, { name: "Name" }, { name: "Customers", digits: 0 }],
      rows: [
        ...segments.map(({ key, name, rows }) => [key, name, rows]),
        [fallback.key, fallback.name, unassigned],
      ],
    },
    segments.length + 1,
  );
}

const fates: Readonly<Record<FileAssignment["cells"][number]["becomes"], string>> = {
  imputed: "the recipe's value stands in",
  fallback: "the customer is not placed",
  missing: "taken as missing by the rules",
  kept: "compared as it is",
};

/** What was left out, stood in for or not read; nothing to say: no line. */
function accountLines({ rowsRead, rows, skipped, cells, ignoredColumns }: FileAssignment): string[] {
  const left = skipped.map(
    ({ reason, rows: count, examples }) =>
      `  left out, ${reason}: ${count} (first at ${examples.join(", ")})`,
  );
  const used = cells.map(
    ({ column, reason, rows: count, becomes }) =>
      `  ${JSON.stringify(column)}, ${reason}: ${count}, ${fates[becomes]}`,
  );
  const ignored =
    ignoredColumns.length === 0
      ? []
      : [`  columns not needed: ${ignoredColumns.map((name) => JSON.stringify(name)).join(", ")}`];
  return [`${rowsRead} rows read, ${rows} written`, ...left, ...used, ...ignored];
}
