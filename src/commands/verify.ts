import { resolve } from "node:path";
import { readWorkbook } from "../config/read-workbook.js";
import { checkWritable, writeFileAtomic } from "../core/write-atomic.js";
import { openDuckDb } from "../engine/duckdb.js";
import { proofOf } from "../exports/proof.js";
import { targets } from "../exports/targets.js";
import { type TargetCheck, verifyTargets } from "../exports/verify-targets.js";
import { tableText } from "../notebook/table-text.js";
import type { CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { readDefinition } from "../segments/read-definition.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import { verificationTable } from "../tables/definition-tables.js";
import type { Command, CommandInput, Surroundings } from "./command.js";
import { workbookFile } from "./workbook-paths.js";

/** `segbook verify`: runs every target that this machine can run and compares with our own assignment. */
export const verify: Command = {
  name: "verify",
  usage:
    "segbook verify --definition D.json [--input F] [--random N --seed S] [--targets a,b] [--proof F.json]",
  example:
    "segbook verify --definition definition.json --input customers.csv --random 200000 --seed 1 --proof verified.json",
  options: {
    definition: { type: "string", help: "the definition file" },
    input: { type: "string", help: "customers to place besides the definition's own verification rows" },
    random: { type: "string", help: "made-up rows to place besides: on borders, in ties, NULL, NaN, ±1e300" },
    seed: { type: "string", help: "which made-up rows (default 1)" },
    targets: {
      type: "string",
      help: `default all: ${targets.map(({ name }) => name).join(", ")}. Databases are named by PGHOST …, MYSQL_HOST …, SEGBOOK_TRINO_URL, SEGBOOK_SPARK_HOST, or by --workbook`,
    },
    proof: { type: "string", help: "file that keeps the outcome, for segbook export --proof" },
  },
  positionals: [0, 0],
  async run(input, surroundings) {
    const { folder, environment, progress, now } = surroundings;
    const definition = readDefinition(resolve(folder, input.required("definition")));
    const proofFile = input.text("proof");
    if (proofFile !== undefined) checkWritable("segbook verify", "--proof", resolve(folder, proofFile));
    const file = input.text("input");
    const customers = file === undefined ? undefined : await readCustomers(definition, resolve(folder, file));
    const asked = input.text("targets")?.split(",");
    const random = input.count("random", 0);
    const checks = await verifyTargets(definition, {
      ...(customers && { customers }),
      ...(asked && { targets: asked }),
      ...(random !== undefined && { random: { count: random, seed: input.count("seed", 0) ?? 1 } }),
      ...workbookPlaces(input, surroundings),
      environment,
      onTarget: (name) => progress(`verifying ${name}`),
    });
    const proof = proofOf(definition, checks, new Date(now()).toISOString().slice(0, 10));
    if (proofFile !== undefined)
      writeFileAtomic(resolve(folder, proofFile), `${JSON.stringify(proof, null, 2)}\n`);
    return {
      document: { definition: definition.fingerprint, targets: checks },
      text: tableText(verificationTable(checks), checks.length),
      exitCode: checks.some((check) => isBad(check, asked !== undefined)) ? 1 : 0,
    };
  },
};

/** A target that was asked for by name and could not be tried is no proof of anything. */
function isBad({ status }: TargetCheck, isAsked: boolean): boolean {
  return status === "disagrees" || status === "failed" || (status === "not-run" && isAsked);
}

/** Databases of the workbook, if one was named. */
function workbookPlaces(
  input: CommandInput,
  surroundings: Surroundings,
): Pick<Parameters<typeof verifyTargets>[1] & object, "connections" | "engine"> {
  if (input.text("workbook") === undefined) return {};
  const { connections, engine } = readWorkbook(workbookFile(input, surroundings));
  return { connections, ...(engine && { engine }) };
}

async function readCustomers(definition: Definition, file: string): Promise<CustomerValues> {
  const engine = await openDuckDb();
  try {
    const inputs = inputsOf(definition);
    const named = (isNumber: boolean): string[] =>
      inputs.filter(({ type }) => (type === "number") === isNumber).map(({ name }) => name);
    const { keys, columns, texts } = await readFeatureFile(engine, file, {
      key: definition.keyName,
      columns: named(true),
      texts: named(false),
    });
    return { keys, columns: new Map<string, ArrayLike<number | string | null>>([...columns, ...texts]) };
  } finally {
    engine.close();
  }
}
