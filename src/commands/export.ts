import { resolve } from "node:path";
import { writeFileAtomic } from "../core/write-atomic.js";
import type { ScoringDialect } from "../engine/sql-text.js";
import { exportDefinition, type TextTarget } from "../exports/export-definition.js";
import { readDefinition } from "../segments/read-definition.js";
import type { Command } from "./command.js";
import { outputFile } from "./output-file.js";

/** `segbook export`: a definition in another system's words. */
export const exportCommand: Command = {
  name: "export",
  usage: "segbook export --definition D.json --to sql --dialect NAME --output F",
  example: "segbook export --definition definition.json --to sql --dialect postgresql --output segments.sql",
  options: {
    definition: { type: "string", help: "the definition file" },
    to: { type: "string", help: "json or sql" },
    dialect: { type: "string", help: "duckdb or postgresql" },
    table: { type: "string", help: "the table with one row per customer (default customer_features)" },
    output: { type: "string", help: "the file to write" },
  },
  positionals: [0, 0],
  async run(input, { folder }) {
    const definitionFile = resolve(folder, input.required("definition"));
    const output = outputFile("segbook export", input, { folder, sources: ["definition"] });
    const definition = readDefinition(definitionFile);
    const dialect = input.text("dialect");
    const table = input.text("table");
    const text = exportDefinition(definition, {
      to: input.required("to") as TextTarget,
      ...(dialect !== undefined && { dialect: dialect as ScoringDialect }),
      ...(table !== undefined && { table }),
    });
    writeFileAtomic(output.path, text);
    const bytes = Buffer.byteLength(text);
    return {
      document: { path: output.written, bytes },
      text: `wrote ${output.written} (${bytes} bytes)`,
      exitCode: 0,
    };
  },
};
