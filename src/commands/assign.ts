import { resolve } from "node:path";
import { openDuckDb } from "../engine/duckdb.js";
import { tableText } from "../notebook/table-text.js";
import { assignCustomers } from "../segments/assign.js";
import { readDefinition } from "../segments/read-definition.js";
import { writeAssignments } from "../segments/write-assignments.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import type { Command } from "./command.js";
import { outputFile } from "./output-file.js";

/** `segbook assign`: puts the customers of a file into the segments of a definition. */
export const assign: Command = {
  name: "assign",
  usage: "segbook assign --definition D.json --input F --output G.csv",
  example: "segbook assign --definition definition.json --input customers.csv --output assignments.csv",
  options: {
    definition: { type: "string", help: "the definition file" },
    input: { type: "string", help: "one row per customer: .csv, .tsv (also .gz) or .parquet" },
    output: { type: "string", help: "the CSV file to write" },
  },
  positionals: [0, 0],
  async run(input, { folder }) {
    const definitionFile = resolve(folder, input.required("definition"));
    const file = resolve(folder, input.required("input"));
    const output = outputFile("segbook assign", input, { folder, sources: ["definition", "input"] });
    const definition = readDefinition(definitionFile);
    const engine = await openDuckDb();
    try {
      const columns = definition.recipe.steps.map(({ feature }) => feature);
      const customers = await readFeatureFile(engine, file, { key: definition.keyName, columns });
      const assignment = assignCustomers(definition, customers);
      writeAssignments(output.path, definition, assignment);
      const count = (label: number): number => assignment.labels.filter((one) => one === label).length;
      const segments = definition.segments.map(({ key, name }, label) => ({ key, name, rows: count(label) }));
      const unassigned = count(-1);
      const text = tableText(
        {
          kind: "table",
          caption: `${output.written}: customers by segment`,
          columns: [{ name: "Segment" }, { name: "Name" }, { name: "Customers", digits: 0 }],
          rows: [
            ...segments.map(({ key, name, rows }) => [key, name, rows]),
            [definition.fallback.key, definition.fallback.name, unassigned],
          ],
        },
        segments.length + 1,
      );
      return {
        document: { path: output.written, rows: assignment.keys.length, segments, unassigned },
        text,
        exitCode: 0,
      };
    } finally {
      engine.close();
    }
  },
};
