import type { DisplayTable } from "../charts/figure.js";
import type { CellFinding, RulesCheck } from "../segments/check-rules.js";
import { conditionWords } from "../segments/condition-words.js";
import type { RulesDefinition } from "../segments/definition.js";

/** What going through every cell of the rules' grid found, a line each. */
export function rulesCheckTable(check: RulesCheck, { segments, model }: RulesDefinition): DisplayTable {
  const { cells, uncovered, overlapping, unreachable, inData } = check;
  const nameOf = new Map(segments.map(({ key, name }) => [key, name]));
  const examples = (finding: CellFinding): string =>
    finding.examples
      .slice(0, 3)
      .map(({ cell, segments: keys }) => {
        const names = keys.map((key) => nameOf.get(key)).join(" and ");
        return names === "" ? cell : `${cell}: ${names}`;
      })
      .join("; ");
  return {
    kind: "table",
    caption: captionOf(check, model.otherwise === "fallback"),
    columns: [
      { name: "Found" },
      { name: "Cells", digits: 0 },
      { name: "Without missing values", digits: 0 },
      { name: "Customers", digits: 0 },
      { name: "For example" },
    ],
    rows: [
      ["In all", cells.all, cells.known, inData?.customers ?? null, ""],
      ["Taken by no rule", uncovered.all, uncovered.known, inData?.uncovered ?? null, examples(uncovered)],
      [
        "Claimed by several segments",
        overlapping.all,
        overlapping.known,
        inData?.overlapping ?? null,
        examples(overlapping),
      ],
    ],
    note: [
      ...unreachable.map((i) => `Rule ${i + 1} (${nameOf.get(model.rules[i]!.segment)}) never decides.`),
      ...(inData?.empty ?? []).map((key) => `Nobody is in ${nameOf.get(key)}.`),
      ...check.notes.map((note) => `${note}.`),
    ].join(" "),
  };
}

function captionOf({ isTotal, isDisjoint, uncovered, overlapping }: RulesCheck, isDeclared: boolean): string {
  if (isTotal === null) return "The rules are too many to be gone through";
  if (uncovered.all > 0)
    return isDeclared
      ? "Some customers are in no segment, and that is meant"
      : "The rules have a hole: export is refused until it is closed or declared";
  if (isDisjoint !== true || overlapping.all > 0)
    return "The rules take every customer; where several claim one, the first decides";
  return "The rules take every possible customer, each by one segment";
}

/** The rules in order, in words. */
export function orderedRulesTable({
  segments,
  model,
  id,
  version,
  fingerprint,
}: RulesDefinition): DisplayTable {
  const segmentOf = new Map(segments.map((segment) => [segment.key, segment]));
  return {
    kind: "table",
    caption: `Definition ${id}, version ${version}: the first rule that holds decides`,
    columns: [
      { name: "Rule", digits: 0 },
      { name: "Key" },
      { name: "Name" },
      { name: "Customers", digits: 0 },
      { name: "When" },
    ],
    rows: model.rules.map(({ segment, when }, i) => {
      const { key, name, size } = segmentOf.get(segment)!;
      return [i + 1, key, name, size, conditionWords(when)];
    }),
    note: `${model.scores.map(({ name, feature, cuts, highIsGood }) => `Score ${name}: ${feature} cut at ${cuts.join(", ")}, ${highIsGood ? "high" : "low"} is good. `).join("")}Fingerprint ${fingerprint.slice(0, 16)}….`,
  };
}
