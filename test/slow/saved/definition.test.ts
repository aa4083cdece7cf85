import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { columnOf, matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { writeFeatures } from "#src/features/write-features.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import { assignCustomers } from "#src/segments/assign.js";
import type { CustomerValues } from "#src/segments/customer-values.js";
import { defineRules } from "#src/segments/define-rules.js";
import { defineSegments } from "#src/segments/define-segments.js";
import type { Definition } from "#src/segments/definition.js";
import { drawRules } from "#src/segments/draw-rules.js";
import { definitionText, writeDefinition } from "#src/segments/write-definition.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { folderWith, segbook } from "../../commands/segbook.js";

const book = await openWorkbook(resolve("data/sample/segbook.yaml"), { keepTables: false });
after(() => book.close());
const table = await book.table();
const folder = folderWith({});

/** Columns of the sample shop in a given order of its customers. */
function customersIn(order: Uint32Array, names: readonly string[]): CustomerValues {
  const columns = names.map((name): [string, Float64Array] => {
    const column = table.columns.find(({ feature }) => feature.name === name)!;
    assert.equal(column.kind, "number");
    return [name, Float64Array.from(order, (row) => column.values[row] as number)];
  });
  return { keys: Array.from(order, (row) => table.keys[row]!), columns: new Map(columns) };
}

const inOrder = Uint32Array.from(table.keys.keys());
const shuffled = inOrder.slice();
createRandom(5).shuffle(shuffled);

/** Clusters of the sample shop, fitted on its customers in a given order. */
function clustersOf(order: Uint32Array): { readonly definition: Definition; readonly labels: Int32Array } {
  const { basis } = book.config;
  const { columns } = customersIn(order, basis);
  const raw = matrixOfColumns(basis, [...columns.values()] as Float64Array[]);
  const recipe = fitRecipe(raw);
  const fit = fitKMeans(applyRecipe(recipe, raw), { clusterCount: 6, starts: 20, seed: 7 });
  const definition = defineSegments({
    id: "sample",
    createdFor: book.config.asOf,
    keyName: book.config.key,
    features: book.features,
    recipe,
    fit,
    verdicts: fit.centres.map(() => "constructive"),
  });
  assert.equal(columnOf(raw, 0).length, 4000);
  return { definition, labels: fit.labels };
}

function rulesOf(order: Uint32Array): Definition {
  const rfm = { recency: "recency_days", frequency: "order_count", monetary: "spend", nested: true };
  const customers = customersIn(order, ["recency_days", "order_count", "spend"]);
  return defineRules({
    id: "rfm",
    createdFor: book.config.asOf,
    keyName: book.config.key,
    features: book.features,
    ...drawRules({ rfm }, customers),
    customers,
  });
}

/** Key → segment, as another process says that only has the files. */
function placedBy(definition: string, input: string): ReadonlyMap<string, string> {
  const words = ["assign", "--definition", definition, "--input", input, "--output", "placed.csv"];
  const result = segbook(folder, words);
  assert.equal(result.exitCode, 0, result.errors);
  const lines = readFileSync(join(folder, "placed.csv"), "utf8").trimEnd().split("\n").slice(1);
  return new Map(lines.map((line) => line.split(",", 2) as [string, string]));
}

async function writeCustomers(): Promise<void> {
  await writeFeatures(book.engine, book.config, join(folder, "customers.csv"));
  const [header, ...lines] = readFileSync(join(folder, "customers.csv"), "utf8").trimEnd().split("\n");
  const turned = Array.from(shuffled, (row) => lines[row]);
  writeFileSync(join(folder, "shuffled.csv"), `${[header, ...turned].join("\n")}\n`);
}

test("clusters saved, loaded in a new process and scored place every customer of the sample shop as the fit did", async () => {
  await writeCustomers();
  const { definition, labels } = clustersOf(inOrder);
  writeDefinition(join(folder, "clusters.json"), definition);
  for (const input of ["customers.csv", "shuffled.csv"]) {
    const placed = placedBy("clusters.json", input);
    assert.equal(placed.size, 4000);
    const elsewhere = table.keys.filter(
      (key, row) => placed.get(key) !== definition.segments[labels[row]!]!.key,
    );
    assert.deepEqual(elsewhere, []);
  }
});

test("clusters refitted on shuffled customers are the same bytes, and place all 4,000 alike", () => {
  const { definition } = clustersOf(inOrder);
  const again = clustersOf(shuffled).definition;
  assert.equal(definitionText(again), definitionText(definition));
});

test("rules saved, loaded in a new process and drawn again on shuffled customers place everybody alike", async () => {
  await writeCustomers();
  const definition = rulesOf(inOrder);
  assert.equal(definitionText(rulesOf(shuffled)), definitionText(definition));
  writeDefinition(join(folder, "rules.json"), definition);
  const { keys, columns } = customersIn(inOrder, ["recency_days", "order_count", "spend"]);
  const { labels } = assignCustomers(definition, { keys, columns });
  for (const input of ["customers.csv", "shuffled.csv"]) {
    const placed = placedBy("rules.json", input);
    const elsewhere = keys.filter((key, row) => placed.get(key) !== definition.segments[labels[row]!]?.key);
    assert.deepEqual(elsewhere, []);
  }
});
