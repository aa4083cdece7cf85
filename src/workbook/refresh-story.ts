import { decomposition } from "../charts/decomposition.js";
import { drift } from "../charts/drift.js";
import type { DisplayTable, Figure } from "../charts/figure.js";
import { segmentFlows } from "../charts/segment-flows.js";
import { countText, percentText } from "../core/number-text.js";
import { driftSummary } from "../refresh/drift-summary.js";
import type { RefreshRecord } from "../refresh/refresh-record.js";
import { longDate } from "../report/long-date.js";
import type { RefreshPage, RefreshSection } from "../report/refresh-page.js";
import { ageText, definitionAge, stalenessText } from "../segments/staleness.js";
import { claimsTable, driftTable, gatesTable, refreshInputsTable } from "../tables/refresh-tables.js";
import { decompositionView, driftView, flowsView, revenueChangeView } from "./history-views.js";
import { goneSentences, refreshCards } from "./refresh-cards.js";

/** What a record does not say itself. */
export interface StoryFacts {
  /** The workbook's name. */
  readonly title: string;
  /** Days for which a definition is fresh. */
  readonly maxAgeDays: number;
}

/** What a refresh came to, in sentences and figures, ready for `renderRefreshPage`. Pure; a part without results is left out. */
export function refreshStory(record: RefreshRecord, { title, maxAgeDays }: StoryFacts): RefreshPage {
  const { asOf, previous, definition, gates } = record;
  const dated = { createdFor: definition.createdFor, maxAgeDays };
  const isOfToday = definition.createdFor === null || definition.createdFor === asOf;
  return {
    title,
    facts: [
      `refresh as of ${longDate(asOf)}`,
      ...(previous === null ? [] : [`compared with ${longDate(previous.asOf)}`]),
      `definition version ${definition.version}`,
      isOfToday ? stalenessText(dated) : ageText(definitionAge(dated, asOf)),
    ],
    headline: refreshHeadline(record),
    reasons: [...(record.recommendation?.reasons ?? []), ...customersSentence(record)],
    isWarning: definition.decision === "refused" || gates.some(({ passed }) => !passed),
    cards: refreshCards(record),
    gone: goneSentences(record),
    sections: [
      ...sectionOf("who-moved", "Who moved", migrationLead(record), flowFigures(record)),
      ...sectionOf("why", "Why segments grew or shrank", [], changeFigures(record)),
      ...driftSection(record),
      ...sectionOf("sentences", "Published sentences", [], claimTables(record)),
      ...sectionOf("held", "Who was held", heldLead(record), []),
      ...sectionOf("gates", "What had to hold", [], gates.length === 0 ? [] : [gatesTable(record)]),
      ...sectionOf("data", "The data", record.notes, [refreshInputsTable(record)]),
    ],
  };
}

/** A refresh in a few sentences: what to do, why, and how many customers came and went. */
export function refreshSummary(record: RefreshRecord): string {
  const reasons = record.recommendation?.reasons ?? [];
  return [refreshHeadline(record), ...reasons, ...customersSentence(record)].join(" ");
}

/** What was recommended and what is in force, in a sentence. */
function refreshHeadline({ asOf, previous, definition, recommendation, customers }: RefreshRecord): string {
  const { version, decision } = definition;
  if (previous === null || recommendation === null)
    return `The first state: ${countText(customers.after)} customers as of ${longDate(asOf)}. Later refreshes are compared with it.`;
  const inForce = {
    first: "",
    kept: `version ${version} stays in force.`,
    refitted: `version ${version} is in force from now on.`,
    refused: `nothing of this refresh is in force; the state of ${longDate(previous.asOf)} goes on.`,
  }[decision];
  const advice = { keep: "Keep", refit: "Refit and continue", rethink: "Rethink before anything is done" };
  return `${advice[recommendation.word]}: ${inForce}`;
}

function customersSentence({ previous, customers }: RefreshRecord): readonly string[] {
  if (previous === null) return [];
  const { before, after, common, arrived, lapsed } = customers;
  return [
    `${countText(after)} customers, ${countText(before)} before: ${countText(common)} at both dates, ${countText(arrived)} new, ${countText(lapsed)} gone.`,
  ];
}

function sectionOf(
  id: string,
  title: string,
  lead: readonly string[],
  displays: RefreshSection["displays"],
): readonly RefreshSection[] {
  return lead.length + displays.length === 0 ? [] : [{ id, title, lead, displays }];
}

function flowFigures(record: RefreshRecord): readonly Figure[] {
  const view = flowsView(record);
  return view === null || record.customers.common === 0 ? [] : [segmentFlows(view)];
}

function migrationLead({ migration }: RefreshRecord): readonly string[] {
  if (migration === null) return [];
  const { test, common } = migration.matrix;
  if (common === 0) return ["No customer was there at both dates, so nobody could move."];
  if (test === null) return [];
  return [
    `Among segments of both dates, sizes shifted by moves ${test.pValue < 0.05 ? "more than" : "no more than"} chance would give (Stuart–Maxwell χ² ${test.statistic.toFixed(1)} on ${test.degreesOfFreedom} degrees of freedom, p ${pText(test.pValue)}).`,
  ];
}

function pText(pValue: number): string {
  return pValue < 0.001 ? "< 0.001" : `= ${pValue.toFixed(3)}`;
}

function changeFigures(record: RefreshRecord): readonly Figure[] {
  return [decompositionView(record), revenueChangeView(record)].flatMap((view) =>
    view === null ? [] : [decomposition(view)],
  );
}

/** Silent where nothing drifted. */
function driftSection(record: RefreshRecord): readonly RefreshSection[] {
  const found = driftSummary(record);
  if (found.length === 0) return [];
  const view = driftView(record);
  const figures = view === null ? [] : [drift(view)];
  const hasFeatures = record.drift.some(({ isDrifting }) => isDrifting);
  return sectionOf(
    "drift",
    "How the customers changed",
    found,
    hasFeatures ? [...figures, driftTable(record)] : [],
  );
}

function claimTables({ claims }: RefreshRecord): readonly DisplayTable[] {
  return claims.length === 0 ? [] : [claimsTable(claims)];
}

function heldLead({ hysteresis, customers }: RefreshRecord): readonly string[] {
  if (hysteresis === undefined) return [];
  const { limit, moves, heldBack } = hysteresis;
  if (moves === 0) return ["No customer was nearer to another segment than before, so nobody was held."];
  return [
    `${countText(heldBack)} of ${countText(moves)} moves were held back, because the other segment was nearer by a margin below ${limit} and for the first time.`,
    `The price: ${percentText(heldBack / Math.max(1, customers.after))} of the customers are held against their nearest centre. They are marked in the assignments.`,
  ];
}
