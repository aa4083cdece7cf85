import { resolve } from "node:path";
import type { DisplayTable } from "../charts/figure.js";
import { InputError } from "../core/errors.js";
import { correlationText, countText, percentText } from "../core/number-text.js";
import { openDuckDb } from "../engine/duckdb.js";
import { tableText } from "../notebook/table-text.js";
import { compareDefinitions, type DefinitionComparison } from "../refresh/compare-definitions.js";
import type { CustomerColumn, CustomerValues } from "../segments/customer-values.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { readDefinition } from "../segments/read-definition.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import type { Command } from "./command.js";

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
    return { document: documentOf(old, newer, compared), text: textOf(old, newer, compared), exitCode: 0 };
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

function textOf(old: Definition, newer: Definition, compared: DefinitionComparison): string {
  const table = tableOf(old, newer, compared);
  return [
    ...(table === undefined ? [] : [tableText(table, table.rows.length), ""]),
    ...differenceLines(compared),
    ...agreementLines(compared),
  ].join("\n");
}

function tableOf(
  old: Definition,
  newer: Definition,
  { matching, centres }: DefinitionComparison,
): DisplayTable | undefined {
  const nameOf = (definition: Definition, place: number) => {
    const { key, name } = called(definition, place);
    return `${key} ${name}`;
  };
  if (matching !== null)
    return {
      kind: "table",
      caption: "Segments of both definitions",
      columns: [{ name: "New" }, { name: "Status" }, { name: "Jaccard", digits: 2 }, { name: "Old" }],
      rows: [
        ...matching.segments.map(({ after, status, jaccard, matched }) => [
          nameOf(newer, after),
          status,
          matched === null ? null : jaccard,
          matched === null ? null : nameOf(old, matched),
        ]),
        ...matching.former
          .filter(({ before }) => matching.segments.every(({ matched }) => matched !== before))
          .map(({ before, status }) => [null, status, null, nameOf(old, before)]),
      ],
    };
  return (
    centres?.pairs && {
      kind: "table",
      caption: "Nearest segments of both definitions",
      columns: [
        { name: "New" },
        { name: "Distance", unit: "standard deviations", digits: 2 },
        { name: "Old" },
      ],
      rows: newer.segments.map((_, place) => {
        const pair = centres.pairs.find((one) => one.new === place);
        return [nameOf(newer, place), pair?.distance ?? null, pair ? nameOf(old, pair.old) : null];
      }),
    }
  );
}

function differenceLines({ differences, matching, centres }: DefinitionComparison): readonly string[] {
  const { onlyOld, onlyNew, otherConstants, isSame } = differences;
  if (isSame) return ["The same definition, byte for byte."];
  return [
    ...(onlyOld.length > 0 ? [`Only the old one reads ${onlyOld.join(", ")}.`] : []),
    ...(onlyNew.length > 0 ? [`Only the new one reads ${onlyNew.join(", ")}.`] : []),
    ...(otherConstants.length > 0 ? [`The recipes differ in ${otherConstants.join(", ")}.`] : []),
    ...(matching === null && centres === null
      ? [
          "Their segments do not compare without customers: rules, other features or other transforms. --input scores both on a file.",
        ]
      : []),
  ];
}

function agreementLines({ agreement, centres, matching }: DefinitionComparison): readonly string[] {
  if (agreement !== null)
    return [
      `Of ${countText(agreement.customers)} customers ${percentText(agreement.inMatchedSegment)} are in the matched segment; adjusted Rand index ${correlationText(agreement.adjustedRandIndex)} (1: the same segments).`,
    ];
  if (centres === null || matching !== null) return [];
  const { rows, inMatchedSegment } = centres.borderRows;
  return [
    `Of ${countText(rows)} made-up customers near the old borders ${percentText(inMatchedSegment)} fall into the matched segment.`,
    "What became of each segment is counted on customers: give a file of them with --input.",
  ];
}
