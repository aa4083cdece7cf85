import { resolve } from "node:path";
import { openDuckDb } from "../engine/duckdb.js";
import { verifyTargets } from "../exports/verify-targets.js";
import { tableText } from "../notebook/table-text.js";
import type { CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { readDefinition } from "../segments/read-definition.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import { verificationTable } from "../tables/definition-tables.js";
import type { Command } from "./command.js";

/** `segbook verify`: runs every target that this machine can run and compares with our own assignment. */
export const verify: Command = {
  name: "verify",
  usage: "segbook verify --definition D.json [--input F] [--targets duckdb,postgresql]",
  example: "segbook verify --definition definition.json --input customers.csv --targets duckdb",
  options: {
    definition: { type: "string", help: "the definition file" },
    input: { type: "string", help: "customers to place besides the definition's own verification rows" },
    targets: {
      type: "string",
      help: "duckdb, postgresql (connection from PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE)",
    },
  },
  positionals: [0, 0],
  async run(input, { folder, environment }) {
    const definition = readDefinition(resolve(folder, input.required("definition")));
    const file = input.text("input");
    const customers = file === undefined ? undefined : await readCustomers(definition, resolve(folder, file));
    const targets = input.text("targets")?.split(",");
    const checks = await verifyTargets(definition, {
      ...(customers && { customers }),
      ...(targets && { targets }),
      environment,
    });
    // A target that was asked for by name and could not be tried is no proof of anything.
    const isBad = (status: string): boolean =>
      status === "disagrees" || status === "failed" || (status === "not-run" && targets !== undefined);
    const bad = checks.some(({ status }) => isBad(status));
    return {
      document: { definition: definition.fingerprint, targets: checks },
      text: tableText(verificationTable(checks), checks.length),
      exitCode: bad ? 1 : 0,
    };
  },
};

async function readCustomers(definition: Definition, file: string): Promise<CustomerValues> {
  const engine = await openDuckDb();
  try {
    const columns = definition.recipe.steps.map(({ feature }) => feature);
    return await readFeatureFile(engine, file, { key: definition.keyName, columns });
  } finally {
    engine.close();
  }
}
