import { dirname, resolve } from "node:path";
import { columnOf, matrixOf } from "#src/core/matrix.js";
import { fitRecipe } from "#src/features/fit-recipe.js";
import { applyRecipe } from "#src/features/recipe.js";
import { fitKMeans } from "#src/kmeans/kmeans.js";
import type { CustomerValues } from "#src/segments/customer-values.js";
import { defineSegments } from "#src/segments/define-segments.js";
import type { Definition } from "#src/segments/definition.js";
import { openWorkbook } from "#src/workbook/open-workbook.js";
import { segmentCustomers } from "#src/workbook/segment-customers.js";
import { csvColumns, numbersOf } from "../../csv-columns.js";
import { datasetFile, withoutDataset } from "../../datasets.js";

/** Segments of real or sample customers. */
export interface RealDefinition {
  readonly name: string;
  /** Why it is not here; false where it is. */
  readonly skip: string | false;
  load(): Promise<{ readonly definition: Definition; readonly customers: CustomerValues }>;
}

/** The definitions that every target must place every customer of alike. */
export const realDefinitions: readonly RealDefinition[] = [
  { name: "the sample shop", skip: false, load: () => fromWorkbook("data/sample/segbook.yaml") },
  fromDataset("Online Retail", "online_retail/online_retail_2010-12_2011-12.csv.gz", (file) =>
    fromWorkbook("data/online-retail/segbook.yaml", dirname(file)),
  ),
  fromDataset("the marketing campaign", "marketing_campaign/marketing_campaign_iso_dates.csv", (file) =>
    fromWorkbook("data/marketing-campaign/segbook.yaml", dirname(file)),
  ),
  fromDataset("the wholesale customers", "wholesale/wholesale_customers_bom.csv", wholesale),
];

function fromDataset(
  name: string,
  path: string,
  load: (file: string) => ReturnType<RealDefinition["load"]>,
): RealDefinition {
  const file = datasetFile(path);
  return { name, skip: file === undefined && withoutDataset, load: () => load(file!) };
}

async function fromWorkbook(path: string, dataFolder?: string): ReturnType<RealDefinition["load"]> {
  const book = await openWorkbook(resolve(path), { ...(dataFolder && { dataFolder }) });
  const { definition, assignment } = await segmentCustomers(book);
  const basis = await book.basis();
  book.close();
  const columns = new Map(basis.columns.map((name, j) => [name, columnOf(basis, j)]));
  return { definition, customers: { keys: assignment.keys, columns } };
}

/** Six kinds of goods, five clusters; the file has no key. */
async function wholesale(file: string): ReturnType<RealDefinition["load"]> {
  const names = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"];
  const texts = csvColumns(file);
  const columns = new Map(names.map((name) => [name, numbersOf(texts.get(name)!)]));
  const raw = matrixOf(Object.fromEntries(columns));
  const recipe = fitRecipe(raw);
  const fit = fitKMeans(applyRecipe(recipe, raw), { clusterCount: 5, starts: 20, seed: 1 });
  const definition = defineSegments({
    ...{ id: "wholesale", createdFor: null, keyName: "customer_id", recipe, fit },
    features: names.map((name) => ({
      ...{ name, label: name, unit: "", type: "number", role: "basis", meaning: `Spend on ${name}` },
    })),
    verdicts: fit.centres.map(() => "constructive"),
  });
  return { definition, customers: { keys: Array.from(fit.labels, (_, i) => `w${i}`), columns } };
}
