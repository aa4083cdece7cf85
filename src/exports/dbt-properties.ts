import { stringify } from "yaml";
import { doubleType } from "../engine/sql-numbers.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { lastFreshDay } from "../segments/staleness.js";
import { type DbtNames, dbtTextTypes, escapeJinja } from "./dbt-project.js";
import { trustLines } from "./trust-lines.js";

/** The properties of the model, with its contract and tests, and of the seed. Test inputs stand under `arguments`, as from dbt 1.10.5 on. */
export function dbtProperties(definition: Definition, names: DbtNames): string {
  const { table } = names;
  const [source, name] = table.split(".");
  const properties = {
    version: 2,
    ...(name !== undefined && { sources: [{ name: source, tables: [{ name }] }] }),
    models: [modelProperties(definition, names)],
    seeds: [seedProperties(definition, names)],
  };
  return stringify(properties, { lineWidth: 0, version: "1.1" });
}

function modelProperties(definition: Definition, { model, dialect }: DbtNames): object {
  const { fallback, segments } = definition;
  const keys = [...segments.map(({ key }) => key), fallback.key];
  const text = dbtTextTypes[dialect];
  const double = doubleType(dialect).toLowerCase();
  const known = ["not_null", { accepted_values: { arguments: { values: keys } } }];
  return {
    name: model,
    description: `One row per customer with its segment. ${trustLines(definition).join(" ")}`,
    config: { materialized: "table", contract: { enforced: true }, meta: { segbook: metaOf(definition) } },
    columns: [
      column("customer_id", text, "Key of the customer, as text.", ["not_null", "unique"]),
      column("segment", text, "Stable key of the segment.", known),
      column("segment_name", text, "What people call the segment.", ["not_null"]),
      column(
        "distance",
        double,
        "Distance to the centre in standard deviations; null in the fallback and for rules.",
      ),
      column("runner_up", text, "Key of the next nearest segment; null in the fallback and for rules."),
      column("margin", double, "0 to 1: by what share the centre is nearer than the next one; 0 is halfway."),
    ],
  };
}

function column(name: string, type: string, description: string, tests: readonly unknown[] = []): object {
  return { name, data_type: type, description, ...(tests.length > 0 && { data_tests: tests }) };
}

/** dbt renders what stands here. */
function metaOf(definition: Definition): object {
  const { id, version, createdFor, fingerprint, segments, fallback } = definition;
  const named = [...segments, fallback].map(({ key, name }) => [key, escapeJinja(name)]);
  return {
    fingerprint,
    definition: id,
    version,
    created_for: createdFor,
    stale_after: lastFreshDay(definition),
    segments: Object.fromEntries(named),
  };
}

function seedProperties(definition: Definition, { seed, dialect }: DbtNames): object {
  const text = dbtTextTypes[dialect];
  const inputs = inputsOf(definition).map(({ type }, j) => [
    `x${j + 1}`,
    type === "number" ? doubleType(dialect).toLowerCase() : text,
  ]);
  return {
    name: seed,
    description:
      "Made-up customers near the borders and the segment that each must get. No customer is in it.",
    config: {
      column_types: { row_number: "integer", ...Object.fromEntries(inputs), expected_segment: text },
    },
  };
}
