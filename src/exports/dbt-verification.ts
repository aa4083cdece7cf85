import { quoteIdentifier } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { type DbtNames, dbtTextTypes, escapeJinja } from "./dbt-project.js";

/**
 * The synthetic customers of a definition with their segments as a CSV file for `dbt seed`.
 *
 * Columns are numbered, whatever the features are called. A text has a `t` before it: dbt reads an empty cell, and one that says
 * null, as missing.
 */
export function verificationSeed(definition: Definition): string {
  const inputs = inputsOf(definition);
  const lines = definition.verification.map(({ inputs: values, segment }, i) => {
    const cells = values.map((value) =>
      value === null ? "" : typeof value === "string" ? csvText(`t${value}`) : String(value),
    );
    return [i + 1, ...cells, segment].join(",");
  });
  const names = ["row_number", ...inputs.map((_, j) => `x${j + 1}`), "expected_segment"];
  return `${[names.join(","), ...lines].join("\n")}\n`;
}

function csvText(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A test that fails with every verification row which the macro of the model places elsewhere, or not at all. */
export function verificationTest(definition: Definition, { model, seed, dialect }: DbtNames): string {
  const quoted = (name: string): string => escapeJinja(quoteIdentifier(name, dialect));
  const columns = inputsOf(definition).map(({ name, type }, j) => {
    const value = type === "number" ? `x${j + 1}` : `SUBSTRING(x${j + 1}, 2, 100000)`;
    return `${value} AS ${quoted(name)}`;
  });
  const key = `CAST(row_number AS ${dbtTextTypes[dialect]})`;
  const selected = [`${key} AS ${quoted(definition.keyName)}`, ...columns];
  return `-- Verification rows of the definition that the model does not place as it should.
{% set made_up_customers %}
(SELECT
  ${selected.join(",\n  ")}
FROM {{ ref("${seed}") }})
{% endset %}
SELECT verification.row_number, verification.expected_segment, placed.segment
FROM {{ ref("${seed}") }} AS verification
LEFT JOIN (
{{ ${model}_of(made_up_customers) }}
) AS placed
  ON placed.customer_id = CAST(verification.row_number AS ${dbtTextTypes[dialect]})
WHERE placed.segment IS NULL OR placed.segment <> verification.expected_segment
`;
}
