import type { DisplayTable } from "../charts/figure.js";
import { countText } from "../core/number-text.js";
import { tableText } from "../notebook/table-text.js";
import { driftSummary } from "../refresh/drift-summary.js";
import { segmentsGone, segmentsNow } from "../refresh/record-segments.js";
import type { RefreshedSegment, RefreshRecord } from "../refresh/refresh-record.js";

/** A refresh as a terminal shows it: segments, customers, what is in force, what the gates said. */
export function refreshText(record: RefreshRecord): string {
  const { asOf, previous, customers, notes } = record;
  const counts =
    previous === null
      ? `First state, as of ${asOf}: ${countText(customers.after)} customers.`
      : `As of ${asOf}, after ${previous.asOf}: ${countText(customers.after)} customers; ${countText(customers.common)} of the ${countText(customers.before)} before, ${countText(customers.arrived)} new, ${countText(customers.lapsed)} gone.`;
  return [
    tableText(segmentTable(record), record.segments.length + record.former.length),
    "",
    counts,
    ...decisionLines(record),
    ...driftSummary(record),
    ...failedGates(record).map(({ name, reason }) => `Gate ${name}: ${reason}`),
    ...notes,
  ].join("\n");
}

function segmentTable(record: RefreshRecord): DisplayTable {
  return {
    kind: "table",
    caption: "Segments now",
    columns: [
      { name: "Key" },
      { name: "Name" },
      { name: "Status" },
      { name: "Jaccard", digits: 2 },
      { name: "Before", digits: 0 },
      { name: "Now", digits: 0 },
      { name: "Most were in" },
    ],
    rows: [
      ...segmentsNow(record).map(({ key, name, status, jaccard, sizeBefore, size, from }) => [
        ...[key, name, status, jaccard === 0 ? null : jaccard, sizeBefore, size],
        mainOrigin(from, size),
      ]),
      ...segmentsGone(record).map(({ key, name, status, size }) => [
        ...[key, name, status, null, size, null],
        null,
      ]),
    ],
  };
}

/** The segment in which more than half of its customers were. */
function mainOrigin([first]: RefreshedSegment["from"], size: number): string | null {
  return first !== undefined && 2 * first.customers > size ? first.name : null;
}

const decisionWords: Readonly<Record<RefreshRecord["definition"]["decision"], string>> = {
  first: "is the first",
  kept: "stays in force",
  refitted: "is in force now",
  refused: "stays in force: this refresh was refused",
};

function decisionLines(record: RefreshRecord): readonly string[] {
  const { version, createdFor, decision } = record.definition;
  const dated = createdFor === null ? "" : `, defined for ${createdFor},`;
  return [
    ...recommendationLines(record),
    `Definition version ${version}${dated} ${decisionWords[decision]}.`,
  ];
}

/** Reasons that a gate says on a line of its own are not said here too. */
function recommendationLines(record: RefreshRecord): readonly string[] {
  const { recommendation } = record;
  if (recommendation === null) return [];
  const said = new Set(failedGates(record).map(({ reason }) => reason));
  const reasons = recommendation.reasons.filter((reason) => !said.has(reason));
  return [[`Recommendation: ${recommendation.word}.`, ...reasons].join(" ")];
}

/** But for the gate that repeats the recommendation. */
function failedGates({ gates }: RefreshRecord): RefreshRecord["gates"] {
  return gates.filter(({ name, passed }) => !passed && name !== "recommendation");
}
