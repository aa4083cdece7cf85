import type { DisplayTable } from "../charts/figure.js";
import { countText, numberText, percentText } from "../core/number-text.js";
import { type CheckedClaim, type CheckedNumber, failedClaims } from "../refresh/check-claims.js";
import type { MembershipStay, SegmentRetention, SharedCustomers } from "../refresh/history-query.js";
import { segmentsGone, segmentsNow } from "../refresh/record-segments.js";
import type { CustomerFlow, RefreshRecord } from "../refresh/refresh-record.js";

/** What became of every segment: those of now with where they come from, then those that are gone with where they went. */
export function segmentChangesTable(record: RefreshRecord): DisplayTable {
  return {
    kind: "table",
    caption: "Segments now and what they were",
    columns: [
      { name: "Key" },
      { name: "Name", align: "left" },
      { name: "Status", align: "left" },
      { name: "Overlap (Jaccard)", digits: 2 },
      { name: "Before", digits: 0 },
      { name: "Now", digits: 0 },
      { name: "From or to", align: "left" },
    ],
    rows: [
      ...segmentsNow(record).map(({ key, name, status, jaccard, sizeBefore, size, from }) => [
        ...[key, name, status, sizeBefore === null ? null : jaccard, sizeBefore, size],
        mainFlows(from),
      ]),
      ...segmentsGone(record).map(({ key, name, status, size, into }) => [
        ...[key, name, status, null, size, null],
        mainFlows(into),
      ]),
    ],
    note: "Overlap: common customers of both, as a share of those of either; 1 is the same customers. Shares are of the segment’s customers who were there at both dates.",
  };
}

/** The segments that at least a twentieth came from or went to. */
function mainFlows(flows: readonly CustomerFlow[]): string {
  return flows
    .filter(({ share }) => share >= 0.05)
    .map(({ name, share }) => `${name} ${percentText(share)}`)
    .join(", ");
}

/** Features that drifted, or that none did. */
export function driftTable({ drift, driftBasis }: RefreshRecord): DisplayTable {
  const drifting = drift.filter(({ isDrifting }) => isDrifting);
  return {
    kind: "table",
    caption: "Features that drifted",
    columns: [
      { name: "Feature", align: "left" },
      { name: "What happened", align: "left" },
    ],
    rows: drifting.map(({ label, sentence }) => [label, sentence]),
    ...(driftBasis && driftBasis.notes.length > 0 && { note: driftBasis.notes.join(" ") }),
  };
}

/** What a refresh read, source by source; the account beside it says what was left out and why. */
export function refreshInputsTable({ inputs }: RefreshRecord): DisplayTable {
  return {
    kind: "table",
    caption: "Sources",
    columns: [
      { name: "Source" },
      { name: "Rows read", digits: 0 },
      { name: "Rows kept", digits: 0 },
      { name: "SHA-256", align: "left" },
    ],
    rows: inputs.map(({ source, rowsRead, rowsKept, sha256 }) => [
      source,
      rowsRead,
      rowsKept,
      `${sha256.slice(0, 16)}…`,
    ]),
    note: "account.json beside this page says which rows were left out, and why.",
  };
}

/** What had to hold, and whether it did. */
export function gatesTable({ gates }: RefreshRecord): DisplayTable {
  return {
    kind: "table",
    caption: gates.every(({ passed }) => passed) ? "Every gate passed" : "A gate did not pass",
    columns: [
      { name: "Gate" },
      { name: "Passed", align: "left" },
      { name: "Value" },
      { name: "Limit" },
      { name: "Why", align: "left" },
    ],
    rows: gates.map(({ name, passed, value, limit, reason }) => [
      name,
      passed ? "yes" : "no",
      value,
      limit,
      reason,
    ]),
  };
}

/** Published sentences beside the numbers of now, those that are false first. */
export function claimsTable(claims: readonly CheckedClaim[]): DisplayTable {
  const order: readonly CheckedClaim["status"][] = ["false", "not-tested", "withdrawn", "new", "holds"];
  const sorted = [...claims].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return {
    kind: "table",
    caption: claimsCaption(claims),
    columns: [
      { name: "Sentence", align: "left" },
      { name: "Now it", align: "left" },
      { name: "Said and is", align: "left" },
      { name: "Notebook", align: "left" },
    ],
    rows: sorted.map(({ sentence, status, numbers, notebook }) => [
      sentence,
      claimWords[status],
      numbers.map(numberWords).join(", "),
      notebook,
    ]),
  };
}

function claimsCaption(claims: readonly CheckedClaim[]): string {
  const failed = failedClaims(claims).length;
  const all = `${countText(claims.length)} published ${claims.length === 1 ? "sentence" : "sentences"}`;
  if (failed === 0) return `${all}, and no number says otherwise`;
  return `${countText(failed)} of ${all} ${failed === 1 ? "is" : "are"} no longer borne out`;
}

const claimWords: Readonly<Record<CheckedClaim["status"], string>> = {
  false: "is false",
  "not-tested": "was not tested: its notebook stopped",
  withdrawn: "is no longer said",
  new: "is new, and holds",
  holds: "holds",
};

/** "27 → 25.1 %", the stated number and the one of now. */
function numberWords({ stated, now, unit }: CheckedNumber): string {
  return `${numberText(stated)} → ${now === null ? "unknown" : numberText(now)} ${unit}`.trim();
}

/** Who stayed in a segment and who stayed a customer, from each date to the next. */
export function retentionTable(retention: readonly SegmentRetention[]): DisplayTable {
  const cells = ({ share, interval }: SharedCustomers): readonly (string | number)[] => [
    100 * share,
    `${(100 * interval.low).toFixed(1)}–${(100 * interval.high).toFixed(1)}`,
  ];
  return {
    kind: "table",
    caption: "Who stayed",
    columns: [
      { name: "From", align: "left" },
      { name: "To", align: "left" },
      { name: "Segment", align: "left" },
      { name: "Customers", digits: 0 },
      { name: "Still in it", unit: "%", digits: 1 },
      { name: "95 % interval" },
      { name: "Still customers", unit: "%", digits: 1 },
      { name: "95 % interval " },
    ],
    rows: retention.map(({ from, to, name, customers, stayed, present }) => [
      ...[from, to, name, customers],
      ...cells(stayed),
      ...cells(present),
    ]),
    note: "Intervals by Wilson: how far the share of as many customers varies by chance. A segment that split has nobody left in it.",
  };
}

/** One customer's stays, oldest first: for the house, not for a report. */
export function pathTable(path: readonly MembershipStay[]): DisplayTable {
  return {
    kind: "table",
    caption: "Where the customer was",
    holdsCustomers: true,
    columns: [
      { name: "From", align: "left" },
      { name: "To", align: "left" },
      { name: "Segment", align: "left" },
      { name: "Name", align: "left" },
      { name: "Definition version", digits: 0 },
      { name: "Began", align: "left" },
      { name: "Ended", align: "left" },
    ],
    rows: path.map(({ from, to, segment, name, definitionVersion, reason, endReason }) => [
      from,
      to ?? "still there",
      segment,
      name,
      definitionVersion,
      reason,
      endReason ?? "",
    ]),
  };
}

/** Every refresh of a history: what was recommended, what was done, and whether the gates passed. */
export function historyTable(records: readonly RefreshRecord[]): DisplayTable {
  return {
    kind: "table",
    caption: "Refreshes so far",
    columns: [
      { name: "As of", align: "left" },
      { name: "Customers", digits: 0 },
      { name: "New", digits: 0 },
      { name: "Gone", digits: 0 },
      { name: "Recommended", align: "left" },
      { name: "Definition", align: "left" },
      { name: "Gates", align: "left" },
    ],
    rows: records.map(({ asOf, customers, recommendation, definition, gates }) => [
      asOf,
      customers.after,
      recommendation === null ? null : customers.arrived,
      recommendation === null ? null : customers.lapsed,
      recommendation?.word ?? "",
      `version ${definition.version}, ${definition.decision}`,
      failedGates(gates),
    ]),
  };
}

function failedGates(gates: RefreshRecord["gates"]): string {
  const failed = gates.filter(({ passed }) => !passed);
  if (failed.length > 0) return `failed: ${failed.map(({ name }) => name).join(", ")}`;
  return gates.length === 0 ? "" : "passed";
}
