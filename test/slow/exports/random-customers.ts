import { type RandomRows, randomRows } from "#src/exports/random-rows.js";
import type { CustomerColumn } from "#src/segments/customer-values.js";
import type { Definition } from "#src/segments/definition.js";
import { inputsOf } from "#src/segments/definition-inputs.js";
import type { ModelTask } from "./model-tools.js";

/** A definition with made-up customers of every awkward kind. */
export function rowsOf(definition: Definition, random: RandomRows): ModelTask {
  const rows = randomRows(definition, random);
  const columns = inputsOf(definition).map(({ name, type }, j): [string, CustomerColumn] => [
    name,
    type === "number"
      ? Float64Array.from(rows, (row) => (row[j] ?? Number.NaN) as number)
      : rows.map((row) => row[j]!),
  ]);
  return { definition, customers: { keys: rows.map((_, i) => String(i)), columns: new Map(columns) } };
}
