import type { SourceKind } from "../config/workbook-config.js";
import { describeValue, listForMessage } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Dialect } from "../engine/dialect.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import { customerTableSql } from "../features/customer-table-sql.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import { keyAlias } from "../features/row-source.js";
import type { Definition, DefinitionFeature } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { scoringSql } from "./definition-sql.js";

/** Kind of source → its table, `schema.table` or `table`; columns as documented for that kind, cleaned. */
export type SourceTables = ReadonlyMap<SourceKind, string>;

/**
 * A definition as one SELECT from source tables to segments: features as the workbook defines them, then the scoring query.
 *
 * Customers are those of the `customers` table if one is named, else whoever has a row in `transactions`. The same numbers as
 * a workbook's own: sums run over whole numbers, days are counted up to the definition's as-of date.
 *
 * @throws InputError if the definition does not say how its features are computed or up to which day, a table that a feature
 * reads is not named, or a name cannot be quoted.
 */
export function featureQuerySql(definition: Definition, dialect: Dialect, tables: SourceTables): string {
  const { createdFor: asOf } = definition;
  if (asOf === null)
    throw new InputError(
      "exportDefinition: createdFor must be the day up to which sources count, got none. Fit from a workbook, or export over a features table",
    );
  const features = inputsOf(definition).map(({ name }) => computedFeature(definition, name));
  const unnamed = features.find(({ source }) => !tables.has(source));
  if (unnamed !== undefined)
    throw new InputError(
      `exportDefinition: tables must name the table of ${unnamed.source}, which ${describeValue(unnamed.name)} is computed from, got ${listForMessage([...tables.keys()]) || "none"}`,
    );
  if (!tables.has("customers") && !tables.has("transactions"))
    throw new InputError(
      "exportDefinition: tables must name the table of customers or of transactions, which say who is a customer, got neither",
    );
  const columns = customerTableSql(features, {
    dialect,
    kinds: [...tables.keys()],
    asOf,
    relationOf: (kind) => quotedTable(tables.get(kind)!, dialect),
  });
  const position = new Map(features.map(({ name }, j) => [name, `source.f${j}`]));
  return scoringSql(definition, dialect, {
    from: `(\n${columns}\n)`,
    key: `source.${keyAlias}`,
    column: (feature) => position.get(feature)!,
  });
}

function computedFeature(definition: Definition, name: string): FeatureDefinition {
  const feature = allFeatures(definition).find((one) => one.name === name && one.expression !== undefined);
  if (feature?.expression === undefined || feature.source === undefined)
    throw new InputError(
      `exportDefinition: features must say how they are computed, got none of ${describeValue(name)}. Fit from a workbook, or export over a features table`,
    );
  const { type, source, expression, window = "all" } = feature;
  return {
    ...feature,
    type: type === "number" ? "number" : "category",
    source: source as SourceKind,
    expression,
    window,
    missing: "",
  };
}

function allFeatures({ features, nested }: Definition): readonly DefinitionFeature[] {
  return [...features, ...nested.flatMap(allFeatures)];
}

function quotedTable(table: string, dialect: Dialect): string {
  return table
    .split(".")
    .map((part) => quoteIdentifier(part, dialect))
    .join(".");
}
