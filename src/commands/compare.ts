import { resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { openDuckDb } from "../engine/duckdb.js";
import { compareDefinitions, type DefinitionComparison } from "../refresh/compare-definitions.js";
import type { CustomerColumn, CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { readDefinition } from "../segments/read-definition.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import type { Command } from "./command.js";
import { comparisonText } from "./compare-text.js";

/** `segbook compare`: two definitions beside each other. */
export const compare: Command = {
  name: "compare",
  usage: "segbook compare OLD.json NEW.json [--input F]",
  example: "segbook compare old.json new.json --input customers.parquet",
  options: {
    input: {
      type: "string",
      help: "one row per customer with the features of both: statuses are counted on these customers",
    },
  },
  positionals: [2, 2],
  async run(input, { folder }) {
    const [oldFile, newFile] = input.positionals.map((path) => resolve(folder, path));
    const [old, newer] = [readDefinition(oldFile!), readDefinition(newFile!)];
    const file = input.text("input");
    const customers =
      file === undefined ? undefined : await readCustomers(resolve(folder, file), [old, newer]);
    const compared = compareDefinitions(old, newer, { ...(customers && { customers }) });
    return {
      document: documentOf(old, newer, compared),
      text: comparisonText(old, newer, compared),
      exitCode: 0,
    };
  },
};

/** Every column that either definition reads. */
async function readCustomers(
  path: string,
  definitions: readonly [Definition, Definition],
): Promise<CustomerValues> {
  const [old, newer] = definitions;
  if (old.keyName !== newer.keyName)
    throw new InputError(
      `segbook compare: both definitions must name customers alike, got the keys ${JSON.stringify(old.keyName)} and ${JSON.stringify(newer.keyName)}`,
    );
  const types = new Map(definitions.flatMap(inputsOf).map(({ name, type }) => [name, type]));
  const named = (isNumber: boolean) =>
    [...types].filter(([, type]) => (type === "number") === isNumber).map(([name]) => name);
  const engine = await openDuckDb();
  try {
    const { keys, columns, texts } = await readFeatureFile(engine, path, {
      key: old.keyName,
      columns: named(true),
      texts: named(false),
    });
    return { keys, columns: new Map<string, CustomerColumn>([...columns, ...texts]) };
  } finally {
    engine.close();
  }
}

function called({ segments }: Definition, place: number) {
  const { key, name } = segments[place]!;
  return { key, name };
}

function documentOf(old: Definition, newer: Definition, compared: DefinitionComparison): unknown {
  const { differences, matching, agreement, centres } = compared;
  const idOf = ({ id, version, createdFor, fingerprint }: Definition) => ({
    id,
    version,
    createdFor,
    fingerprint,
  });
  const flows = (
    definition: Definition,
    parts: readonly { segment: number; customers: number; share: number }[],
  ) => parts.map(({ segment, customers, share }) => ({ ...called(definition, segment), customers, share }));
  return {
    old: idOf(old),
    new: idOf(newer),
    differences,
    segments:
      matching?.segments.map(({ after, status, jaccard, from }) => ({
        ...called(newer, after),
        status,
        jaccard,
        from: flows(old, from),
      })) ?? null,
    former:
      matching?.former.map(({ before, status, into }) => ({
        ...called(old, before),
        status,
        into: flows(newer, into),
      })) ?? null,
    agreement,
    centres: centres && {
      pairs: centres.pairs.map((pair) => ({
        old: called(old, pair.old),
        new: called(newer, pair.new),
        distance: pair.distance,
      })),
      borderRows: centres.borderRows,
    },
  };
}
