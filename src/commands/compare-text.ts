import type { DisplayTable } from "../charts/figure.js";
import { correlationText, countText, percentText } from "../core/number-text.js";
import { tableText } from "../notebook/table-text.js";
import type { DefinitionComparison } from "../refresh/compare-definitions.js";
import type { Definition } from "../segments/definition.js";

/** Two definitions as a terminal shows them. */
export function comparisonText(old: Definition, newer: Definition, compared: DefinitionComparison): string {
  const table = tableOf(old, newer, compared);
  return [
    ...(table === undefined ? [] : [tableText(table, table.rows.length), ""]),
    ...differenceLines(compared),
    ...agreementLines(compared),
  ].join("\n");
}

function tableOf(
  old: Definition,
  newer: Definition,
  { matching, centres }: DefinitionComparison,
): DisplayTable | undefined {
  const nameOf = (definition: Definition, place: number) => {
    const { key, name } = definition.segments[place]!;
    return `${key} ${name}`;
  };
  if (matching !== null)
    return {
      kind: "table",
      caption: "Segments of both definitions",
      columns: [{ name: "New" }, { name: "Status" }, { name: "Jaccard", digits: 2 }, { name: "Old" }],
      rows: [
        ...matching.segments.map(({ after, status, jaccard, matched }) => [
          nameOf(newer, after),
          status,
          matched === null ? null : jaccard,
          matched === null ? null : nameOf(old, matched),
        ]),
        ...matching.former
          .filter(({ before }) => matching.segments.every(({ matched }) => matched !== before))
          .map(({ before, status }) => [null, status, null, nameOf(old, before)]),
      ],
    };
  return (
    centres?.pairs && {
      kind: "table",
      caption: "Nearest segments of both definitions",
      columns: [
        { name: "New" },
        { name: "Distance", unit: "standard deviations", digits: 2 },
        { name: "Old" },
      ],
      rows: newer.segments.map((_, place) => {
        const pair = centres.pairs.find((one) => one.new === place);
        return [nameOf(newer, place), pair?.distance ?? null, pair ? nameOf(old, pair.old) : null];
      }),
    }
  );
}

function differenceLines({ differences, matching, centres }: DefinitionComparison): readonly string[] {
  const { onlyOld, onlyNew, otherConstants, isSame } = differences;
  if (isSame) return ["The same definition, byte for byte."];
  return [
    ...(onlyOld.length > 0 ? [`Only the old one reads ${onlyOld.join(", ")}.`] : []),
    ...(onlyNew.length > 0 ? [`Only the new one reads ${onlyNew.join(", ")}.`] : []),
    ...(otherConstants.length > 0 ? [`The recipes differ in ${otherConstants.join(", ")}.`] : []),
    ...(matching === null && centres === null
      ? [
          "Their segments do not compare without customers: rules, other features or other transforms. --input scores both on a file.",
        ]
      : []),
  ];
}

function agreementLines({ agreement, centres, matching }: DefinitionComparison): readonly string[] {
  if (agreement !== null)
    return [
      `Of ${countText(agreement.customers)} customers ${percentText(agreement.inMatchedSegment)} are in the matched segment; adjusted Rand index ${correlationText(agreement.adjustedRandIndex)} (1: the same segments).`,
    ];
  if (centres === null || matching !== null) return [];
  const { rows, inMatchedSegment } = centres.borderRows;
  return [
    `Of ${countText(rows)} made-up customers near the old borders ${percentText(inMatchedSegment)} fall into the matched segment.`,
    "What became of each segment is counted on customers: give a file of them with --input.",
  ];
}
