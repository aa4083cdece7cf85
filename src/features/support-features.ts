import type { SourceConfig, WorkbookConfig } from "../config/workbook-config.js";
import {
  aggregate,
  column,
  compare,
  date,
  daysBetween,
  type Expression,
  integer,
  multiply,
  not,
  ratio,
} from "./expression.js";
import {
  definitionsOf,
  type FeatureDefinition,
  type FeatureDraft,
  onRequest,
  withinDays,
} from "./feature-definition.js";

const isComplaint = column("is_complaint");
const complaints = aggregate("count", integer(1), isComplaint);
const none = "0 without contacts";

/** How customers fare with our service: contacts, complaints, satisfaction, whether they would recommend us. */
export function supportFeatures(source: SourceConfig, config: WorkbookConfig): readonly FeatureDefinition[] {
  const { columns } = source;
  const has = (word: string, drafts: readonly FeatureDraft[]) => (columns.has(word) ? drafts : []);
  return definitionsOf("support", [
    contacts(source),
    ...has("complaint", [complaintCount()]),
    ...has("closed", [unresolved(config)]),
    ...has("satisfaction", [satisfactionMean(source)]),
    ...has("nps", [npsGroup()]),
    ...onRequest([
      ...recentFeatures(config),
      ...has("complaint", [complaintShare()]),
      ...has("closed", closingFeatures(config)),
      ...has("topic", [mainTopic()]),
      ...has("nps", [npsMean()]),
    ]),
  ]);
}

/** Rows are tickets or answers; with ticket numbers, rows of one ticket count once. */
function contacts({ columns }: SourceConfig): FeatureDraft {
  return {
    name: "support_contacts",
    label: "Support contacts",
    unit: "contacts",
    meaning: columns.has("ticket")
      ? "Distinct tickets; 0 for those who never wrote"
      : "Rows of the source; 0 for those who never wrote",
    missing: none,
    expression: columns.has("ticket")
      ? aggregate("countDistinct", column("ticket"))
      : aggregate("count", integer(1)),
  };
}

function complaintCount(): FeatureDraft {
  return {
    name: "complaints",
    label: "Complaints",
    unit: "complaints",
    meaning: "Contacts that were complaints; 0 for those who never complained",
    missing: none,
    expression: complaints,
  };
}

function complaintShare(): FeatureDraft {
  return {
    name: "complaint_share",
    label: "Share of contacts that are complaints",
    unit: "share 0–1",
    meaning:
      "Complaints divided by contacts of which it is known whether they are; missing without such contacts",
    missing: "missing without contacts",
    expression: ratio(complaints, aggregate("count", isComplaint)),
  };
}

/** Closed by the as-of date: what was closed later was open then. */
function isClosed({ asOf }: WorkbookConfig): Expression {
  return compare(column("days_to_close"), "<=", daysBetween(column("date"), date(asOf)));
}

function unresolved(config: WorkbookConfig): FeatureDraft {
  const isUnknown: Expression = { kind: "isMissing", operand: column("days_to_close") };
  const isOpen: Expression = { kind: "or", operands: [isUnknown, not(isClosed(config))] };
  return {
    name: "unresolved_contacts",
    label: "Unresolved contacts",
    unit: "contacts",
    window: "state",
    meaning: `Contacts that were open on ${config.asOf}; 0 for those who never wrote`,
    missing: none,
    expression: aggregate("count", integer(1), isOpen),
  };
}

function closingFeatures(config: WorkbookConfig): readonly FeatureDraft[] {
  const days = column("days_to_close");
  const closed = isClosed(config);
  const common = { unit: "days", missing: "missing without closed contacts" };
  return [
    {
      ...common,
      name: "days_to_close_mean",
      label: "Mean days to close",
      meaning: "Mean number of days from a contact to its close, of closed ones; missing without one",
      expression: ratio(aggregate("sum", days, closed), aggregate("count", days, closed)),
    },
    {
      ...common,
      name: "days_to_close_median",
      label: "Median days to close",
      meaning: "Median number of days from a contact to its close, of closed ones; missing without one",
      expression: { kind: "aggregate", aggregate: "quantile", of: days, where: closed, at: 0.5 },
    },
  ];
}

/** Thousandths are summed, because no sum of doubles is the same in every order. */
function satisfactionMean({ satisfactionRange: [low, high] }: SourceConfig): FeatureDraft {
  const score = column("satisfaction");
  return {
    name: "satisfaction_mean",
    label: "Mean satisfaction",
    unit: `score ${low}–${high}`,
    meaning: "Mean of the satisfaction scores given, each rounded to a thousandth; missing without one",
    missing: "missing without scores",
    expression: ratio(
      aggregate("sum", { kind: "thousandths", operand: score }),
      multiply(aggregate("count", score), integer(1000)),
    ),
  };
}

function npsGroup(): FeatureDraft {
  const likelihood = column("nps");
  const named = (least: number, value: string) => ({
    when: compare(likelihood, ">=", integer(least)),
    value: { kind: "text", value } as const,
  });
  return {
    name: "nps_group",
    label: "Would recommend us",
    unit: "",
    type: "category",
    window: "state",
    meaning:
      "promoter (9, 10), passive (7, 8) or detractor (0 to 6) by the latest answer, of several on that day the first in the alphabet; missing without one",
    missing: "missing without answers",
    expression: aggregate("last", {
      kind: "case",
      branches: [named(9, "promoter"), named(7, "passive"), named(0, "detractor")],
    }),
  };
}

function npsMean(): FeatureDraft {
  const likelihood = column("nps");
  return {
    name: "nps_mean",
    label: "Mean likelihood to recommend",
    unit: "score 0–10",
    meaning: "Mean of the answers, 0 to 10; missing without one",
    missing: "missing without answers",
    expression: ratio(aggregate("sum", likelihood), aggregate("count", likelihood)),
  };
}

function mainTopic(): FeatureDraft {
  return {
    name: "main_topic",
    label: "Main topic of contacts",
    unit: "",
    type: "category",
    meaning: "Most frequent topic, of equal ones the first in the alphabet; missing without contacts",
    missing: "missing without contacts",
    expression: aggregate("mostFrequent", column("topic")),
  };
}

function recentFeatures({ asOf }: WorkbookConfig): readonly FeatureDraft[] {
  return [
    {
      name: "support_recency_days",
      label: "Days since last contact",
      unit: "days",
      meaning: `Calendar days from the last contact to ${asOf}; missing without one`,
      missing: "missing without contacts",
      expression: daysBetween(aggregate("max", column("date")), date(asOf)),
    },
    {
      name: "support_contacts_90_days",
      label: "Support rows, last 90 days",
      unit: "contacts",
      window: "last 90 days",
      meaning: `Rows of the source in the 90 days up to ${asOf}; 0 without one`,
      missing: "0 without contacts in the window",
      expression: aggregate("count", integer(1), withinDays(asOf, 90)),
    },
  ];
}
