import { basename, dirname, resolve } from "node:path";
import type { RulesFile } from "../config/read-rules.js";
import type { RulesConfig } from "../config/rules-config.js";
import { featuresOfRules, type RuleFeatureType } from "../config/rules-features.js";
import { describeValue, didYouMean } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import { smallestCell } from "../core/privacy.js";
import { openDuckDb } from "../engine/duckdb.js";
import { type Assignment, assignCustomers } from "../segments/assign.js";
import { checkRules, type RulesCheck } from "../segments/check-rules.js";
import type { CustomerColumn, CustomerValues } from "../segments/customer-values.js";
import { defineRules } from "../segments/define-rules.js";
import { definitionId } from "../segments/define-segments.js";
import type { Definition, DefinitionFeature, RulesDefinition } from "../segments/definition.js";
import { toDefinitionFeature } from "../segments/definition-feature.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { drawRules } from "../segments/draw-rules.js";
import type { Profile } from "../segments/profile.js";
import { profileSegments } from "../segments/profile-segments.js";
import { readDefinition } from "../segments/read-definition.js";
import { surrogateRules } from "../segments/surrogate-rules.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import type { Workbook } from "./open-workbook.js";
import { scoreOn, scoringColumns } from "./refresh-columns.js";
import { stagedRules } from "./state-in-force.js";

/** Customers in segments that rules draw. */
export interface DrawnSegments {
  readonly definition: RulesDefinition;
  /** Each customer's segment. */
  readonly assignment: Assignment;
  /** Whether the rules take every customer, each by one segment; counts of these customers. */
  readonly check: RulesCheck;
}

/** Of a workbook, also what the segments are like. */
export interface DrawnWorkbook extends DrawnSegments {
  readonly profile: Profile;
}

/**
 * Draws the segments that a workbook declares under `rules`: thresholds are frozen on its customers as of its day.
 *
 * Deterministic: same files and workbook, same bytes. In a notebook whose claims a refresh tests, the definition is that of the refresh.
 *
 * @throws InputError if the workbook declares no rules, a rule names no feature of its customers, or the rules do not fit them.
 */
export async function drawSegments(book: Workbook): Promise<DrawnWorkbook> {
  const table = await book.table();
  return describeDrawn(book, table, stagedRules(book.config) ?? defineDrawn(book, table));
}

/**
 * The definition that a workbook's rules come to, with thresholds frozen on the customers of a table.
 *
 * @throws InputError as {@link drawSegments}.
 */
export function defineDrawn(
  { config, features: computed }: Pick<Workbook, "config" | "features">,
  table: CustomerTable,
): RulesDefinition {
  if (config.rules === undefined)
    throw new InputError("drawSegments: the workbook must have the key rules, got none");
  const nested = readNested(config.rules, config.file);
  const features = [...featuresOfRules(config.rules)].map(([name, type]) =>
    featureOfTable(table, name, { type, features: computed }),
  );
  const needed = nested.flatMap((inner) => inputsOf(inner).map(({ name }) => name));
  const customers = valuesOfTable(table, [...features.map(({ name }) => name), ...needed]);
  return defineRules({
    id: definitionId(config.name),
    createdFor: config.asOf,
    maxAgeDays: config.refresh.maxAgeDays,
    keyName: config.key,
    features,
    ...drawRules(config.rules, customers),
    nested,
    customers,
  });
}

/** Where a definition puts the customers of a workbook on its day, and what its segments are like. */
function describeDrawn(
  { config }: Workbook,
  table: CustomerTable,
  definition: RulesDefinition,
): DrawnWorkbook {
  const assignment = scoreOn(config.asOf, table, definition);
  const customers = scoringColumns(table, definition);
  const hasMoney = table.columns.some(({ feature }) => feature.name === "spend");
  const profile = profileSegments(table, assignment.labels, {
    segments: definition.segments,
    smallestGroup: smallestCell(config.privacy),
    ...(hasMoney && { moneyFeature: "spend" }),
  });
  return { definition, assignment, profile, check: checkRules(definition, { customers }) };
}

/**
 * Draws segments by rules straight from a file with one row per customer, without a workbook.
 *
 * @param options - The column that names the customer, and the file that the rules were read from.
 * @throws InputError as readFeatureFile, or if the rules do not fit the columns.
 */
export async function drawFileSegments(
  path: string,
  { rules, name, asOf }: RulesFile,
  { key, rulesFile }: { readonly key: string; readonly rulesFile: string },
): Promise<DrawnSegments> {
  const types = [...featuresOfRules(rules)];
  const nested = readNested(rules, rulesFile);
  const needed = new Map<string, string>([
    ...nested.flatMap((inner) => inputsOf(inner).map((input): [string, string] => [input.name, input.type])),
    ...types,
  ]);
  const ofType = (isNumber: boolean): string[] =>
    [...needed].flatMap(([feature, type]) => ((type === "number") === isNumber ? [feature] : []));
  const engine = await openDuckDb();
  try {
    const file = await readFeatureFile(engine, path, { key, columns: ofType(true), texts: ofType(false) });
    const columns = new Map<string, CustomerColumn>([...file.columns, ...file.texts]);
    const customers = { keys: file.keys, columns };
    const definition = defineRules({
      id: definitionId(name ?? basename(path).replace(/\.(csv|tsv|parquet)(\.gz)?$/, "")),
      createdFor: asOf ?? null,
      keyName: file.keyName,
      features: types.map(([feature, type]) => fileFeature(feature, type)),
      ...drawRules(rules, customers),
      nested,
      customers,
    });
    const assignment = assignCustomers(definition, customers);
    return { definition, assignment, check: checkRules(definition, { customers }) };
  } finally {
    engine.close();
  }
}

/**
 * Rules that stand in for the clusters of a definition, from a file with one row per customer.
 *
 * @throws InputError as readFeatureFile and surrogateRules.
 */
export async function drawSurrogate(clusters: Definition, path: string): Promise<DrawnSegments> {
  const engine = await openDuckDb();
  try {
    const columns = inputsOf(clusters).map(({ name }) => name);
    const customers = await readFeatureFile(engine, path, { key: clusters.keyName, columns });
    const definition = surrogateRules(clusters, customers);
    const assignment = assignCustomers(definition, customers);
    return { definition, assignment, check: checkRules(definition, { customers }) };
  } finally {
    engine.close();
  }
}

/** The feature of a table; a category that rules compare with days is a date. */
function featureOfTable(
  table: CustomerTable,
  name: string,
  { type, features }: { readonly type: RuleFeatureType; readonly features: Workbook["features"] },
): DefinitionFeature {
  const names = table.columns.map(({ feature }) => feature.name);
  const column = table.columns[names.indexOf(name)];
  if (column === undefined)
    throw new InputError(
      `drawSegments: rules must name features of the workbook (${names.join(", ")}), got ${describeValue(name)}${didYouMean(name, names)}`,
    );
  const known = toDefinitionFeature(features.find((feature) => feature.name === name) ?? column.feature);
  return type === "date" && column.kind === "category" ? { ...known, type } : known;
}

/** A feature that is no column is left out: whoever needs it says so. */
function valuesOfTable(table: CustomerTable, names: readonly string[]): CustomerValues {
  const byName = new Map(
    table.columns.map((column): [string, FeatureColumn] => [column.feature.name, column]),
  );
  const columns = names.flatMap((name): [string, CustomerColumn][] => {
    const column = byName.get(name);
    return column === undefined ? [] : [[name, column.values]];
  });
  return { keys: table.keys, columns: new Map(columns) };
}

/** The definitions whose segments rules refer to, from beside the file that names them. */
function readNested({ nested = [] }: RulesConfig, file: string): readonly Definition[] {
  return nested.map((path) => readDefinition(resolve(dirname(file), path)));
}

function fileFeature(name: string, type: RuleFeatureType): DefinitionFeature {
  return { name, label: name, unit: "", type, role: "basis", meaning: `Column ${name} of the file` };
}
