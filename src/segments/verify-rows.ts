import { assignCustomers } from "./assign.js";
import type { CustomerColumn } from "./customer-values.js";
import type { Definition, VerificationRow } from "./definition.js";
import { inputsOf } from "./definition-inputs.js";

/** Made-up customers with the segments that a definition gives them. */
export function verifyRows(
  definition: Definition,
  rows: readonly VerificationRow["inputs"][],
): VerificationRow[] {
  const columns = inputsOf(definition).map(({ name, type }, j): [string, CustomerColumn] => [
    name,
    type === "number"
      ? rows.map((row) => (row[j] ?? Number.NaN) as number)
      : rows.map((row) => row[j] as string | null),
  ]);
  const keys = rows.map((_, i) => String(i));
  const { labels } = assignCustomers(definition, { keys, columns: new Map(columns) });
  const { segments, fallback } = definition;
  return rows.map((inputs, i) => ({ inputs, segment: segments[labels[i]!]?.key ?? fallback.key }));
}
