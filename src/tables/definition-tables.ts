import type { DisplayTable } from "../charts/figure.js";
import type { TargetCheck } from "../exports/verify-targets.js";
import { type Definition, latticeSteps } from "../segments/definition.js";
import { stalenessText } from "../segments/staleness.js";
import { orderedRulesTable } from "./rules-tables.js";

/** The definition in short: each segment with its centre in scaled units, or the rules in order. */
export function definitionTable(definition: Definition): DisplayTable {
  const { segments, recipe, model } = definition;
  if (model.kind === "rules") return orderedRulesTable({ ...definition, model });
  const labels = new Map(definition.features.map(({ name, label }) => [name, label]));
  return {
    kind: "table",
    caption: `Definition ${definition.id}, version ${definition.version}: centres in standard deviations from the mean`,
    columns: [
      { name: "Key" },
      { name: "Name" },
      { name: "Customers", digits: 0 },
      ...recipe.steps.map(({ feature }) => ({ name: labels.get(feature) ?? feature, digits: 2 })),
    ],
    rows: segments.map(({ key, name, size }, i) => [
      key,
      name,
      size,
      ...model.centres[i]!.map((step) => step / latticeSteps),
    ]),
    note: `The segments are ${stalenessText(definition)}. Fingerprint ${definition.fingerprint.slice(0, 16)}…. Everyone else: ${definition.fallback.key}.`,
  };
}

/** What came of running each export. */
export function verificationTable(checks: readonly TargetCheck[]): DisplayTable {
  return {
    kind: "table",
    caption: checks.every(({ status }) => status !== "disagrees" && status !== "failed")
      ? "Every target that was run agrees with our own assignment"
      : "A target does not agree with our own assignment",
    columns: [
      { name: "Target" },
      { name: "Result" },
      { name: "Rows", digits: 0 },
      { name: "Disagreements", digits: 0 },
      { name: "Engine" },
      { name: "Why not" },
    ],
    rows: checks.map(({ target, status, rows, disagreements, engineVersion, reason }) => [
      target,
      status,
      // No zero where nothing was counted.
      engineVersion === null ? "" : rows,
      engineVersion === null ? "" : disagreements,
      engineVersion ?? "",
      reason ?? "",
    ]),
  };
}

/** Files that were written. */
export function filesTable(
  files: readonly { readonly name: string; readonly bytes: number }[],
): DisplayTable {
  return {
    kind: "table",
    caption: "Files written",
    columns: [{ name: "File" }, { name: "Size", unit: "bytes", digits: 0 }],
    rows: files.map(({ name, bytes }) => [name, bytes]),
  };
}
