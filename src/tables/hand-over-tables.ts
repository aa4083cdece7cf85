import type { DisplayTable } from "../charts/figure.js";
import type { SegmentFacts } from "../segments/segment-facts.js";

/** What was looked at before anything left. */
export function privacyTable(
  checks: readonly { readonly check: string; readonly outcome: string; readonly found: string }[],
): DisplayTable {
  return {
    kind: "table",
    caption: checks.some(({ outcome }) => outcome === "stop")
      ? "Something that is about to leave names customers"
      : "Nothing that leaves names a customer",
    columns: [{ name: "Looked at" }, { name: "Outcome" }, { name: "Found" }],
    rows: checks.map(({ check, outcome, found }) => [check, outcome, found]),
  };
}

/** Rules for tools that know nothing but filters, and what they cost. */
export function surrogateTable({ segments }: SegmentFacts): DisplayTable {
  return {
    kind: "table",
    caption: "Stand-ins for tools that only know filters",
    columns: [
      { name: "Segment" },
      { name: "Filter" },
      { name: "Found", unit: "%", digits: 1 },
      { name: "Right", unit: "%", digits: 1 },
    ],
    rows: segments.map(({ name, rule }) => [
      name,
      rule === null ? "no rule of this size leads here" : rule.words.join("; or "),
      rule?.found == null ? null : 100 * rule.found,
      rule?.right == null ? null : 100 * rule.right,
    ]),
    note: "Found: share of the segment that the filter finds. Right: share of those found who belong to it. The filter stands in for the definition, it is not the definition.",
  };
}
