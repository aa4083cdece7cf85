import { dayNumber } from "../core/calendar-day.js";
import { verdictText } from "../core/verdict.js";
import type { Definition } from "../segments/definition.js";
import type { SegmentFacts } from "../segments/segment-facts.js";
import { lastFreshDay } from "../segments/staleness.js";
import { type NumberStyle, notShown, type Sheet, type SheetCell } from "./excel-sheet.js";
import type { TargetCheck } from "./verify-targets.js";

/** Excel counts days from the day before 1900. */
const excelDayZero = 25_569;

/** What the file is, and what must be known of it. */
export function aboutSheet(
  definition: Definition,
  facts: SegmentFacts | undefined,
  remarks: readonly string[],
): Sheet {
  const { createdFor, id, version, fingerprint, lineage, owner, segments, verdict } = definition;
  return {
    name: "About",
    columns: [
      { name: "What", width: 26 },
      { name: "Value", width: 90 },
    ],
    rows: [
      ...(facts
        ? [
            ["In one sentence", facts.overview.headline],
            ["Workbook", facts.overview.workbook],
          ]
        : []),
      ["Customers as of", dateCell(createdFor)],
      ["Stale after", dateCell(lastFreshDay(definition))],
      ["Segments", { value: segments.length, style: "fact" }],
      ...(facts
        ? [["Customers in segments", { value: facts.overview.customers, style: "fact" } as const]]
        : []),
      [
        "Verdict on all together",
        verdict === undefined ? "never judged" : `${verdictText(verdict.word)}. ${verdict.reason}`,
      ],
      ...(facts?.overview.cautions ?? []).map((caution) => ["Caution", caution]),
      ["Definition", `${id}, version ${version}`],
      ["Fingerprint", fingerprint],
      ...(lineage === null ? [] : [["Came from", lineage]]),
      ...(owner === null ? [] : [["Owner", owner]]),
      ...definition.notes.map((note) => ["Note", note]),
      ...remarks.map((remark) => ["Privacy", remark]),
    ],
  };
}

function dateCell(date: string | null): SheetCell {
  const day = date === null ? undefined : dayNumber(date);
  return day === undefined ? "no date" : { value: day + excelDayZero, style: "date" };
}

/** One row per segment. */
export function segmentsSheet(definition: Definition, facts: SegmentFacts | undefined): Sheet {
  const money: NumberStyle = { currency: facts?.overview.currency ?? "" };
  const hasMoney = facts?.revenueOf != null;
  return {
    name: "Segments",
    columns: [
      { name: "Segment", width: 24 },
      { name: "Key" },
      { name: "Customers", style: "count" },
      { name: "Share of customers", style: "percent", width: 12 },
      ...(hasMoney
        ? [
            { name: "Revenue", style: money, width: 16 },
            { name: "Share of revenue", style: "percent" as const, width: 12 },
          ]
        : []),
      { name: "Verdict", width: 15 },
      { name: "What sets it apart", width: 50 },
      { name: "What to do", width: 30 },
      { name: "Why this verdict", width: 60 },
    ],
    rows: [
      ...definition.segments.map(({ key, name, size, description, verdict, reason = "" }): SheetCell[] => {
        const fact = facts?.segments.find((one) => one.key === key);
        const card = facts?.overview.cards.find((one) => one.key === key);
        return [
          name,
          key,
          fact?.size ?? size,
          fact?.share ?? size / totalSize(definition),
          ...(hasMoney ? [fact?.revenue ?? notShown, fact?.revenueShare ?? notShown] : []),
          verdictText(verdict),
          fact && fact.markers.length > 0 ? fact.markers.slice(0, 6).join("\n") : description,
          card?.action ?? "",
          reason,
        ];
      }),
    ],
  };
}

function totalSize({ segments }: Definition): number {
  return Math.max(
    1,
    segments.reduce((sum, { size }) => sum + size, 0),
  );
}

/** What each segment buys clearly more or less of. */
export function boughtSheet({ segments }: SegmentFacts): Sheet {
  return {
    name: "Bought",
    columns: [
      { name: "Segment", width: 24 },
      { name: "Category", width: 30 },
      { name: "Share of its purchases", style: "percent", width: 14 },
      { name: "Index, all = 100", style: "index", width: 12 },
    ],
    rows: segments.flatMap(({ name, buys }) =>
      buys.map(({ category, share, index }) => [name, category, share, index]),
    ),
  };
}

/** Rules in words that explain the segments. */
export function rulesSheet({ segments }: SegmentFacts): Sheet {
  return {
    name: "Rules in words",
    columns: [
      { name: "Segment", width: 24 },
      { name: "Rule (explains, does not define)", width: 80 },
      { name: "Finds of the segment", style: "percent", width: 14 },
      { name: "Right of those found", style: "percent", width: 14 },
    ],
    rows: segments.map(({ name, rule }) => [
      name,
      rule === null ? "no rule of this size leads here" : rule.words.join("\nor "),
      rule?.found ?? null,
      rule?.right ?? null,
    ]),
  };
}

/** What was run to prove that the exports agree. */
export function proofSheet(checks: readonly TargetCheck[]): Sheet {
  return {
    name: "Proof",
    columns: [
      { name: "Target", width: 16 },
      { name: "Outcome", width: 14 },
      { name: "Rows placed", style: "count", width: 14 },
      { name: "Elsewhere", style: "count", width: 12 },
      { name: "Version", width: 20 },
      { name: "Why not", width: 80 },
    ],
    rows: checks.map(({ target, status, rows, disagreements, engineVersion, reason }) => [
      target,
      status.replaceAll("-", " "),
      rows,
      disagreements,
      engineVersion ?? "",
      reason ?? "",
    ]),
  };
}
