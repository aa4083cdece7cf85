import { usualValue, type ValueConfig, type ValueModelName } from "../config/value-config.js";
import { InputError, RunError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import { smallestCell } from "../core/privacy.js";
import { suppressGroups } from "../disclosure/suppress-cells.js";
import { type CustomerSurvival, customerSurvival } from "../value/customer-survival.js";
import type { PurchaseModelName } from "../value/fit-purchase-model.js";
import type { Purchases } from "../value/purchase-diaries.js";
import type { PurchaseSummary } from "../value/summarize-purchases.js";
import { type SegmentValue, valueBySegment } from "../value/value-by-segment.js";
import { type ValueConcentration, valueConcentration } from "../value/value-concentration.js";
import { type CustomerValuation, valueCustomers } from "../value/value-customers.js";
import { type GroupedValuation, valueGroups } from "../value/value-groups.js";
import type { NamedSegment } from "./named-segment.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";
import { checkValue, type ValueCheck } from "./value-check.js";
import { summaryInMajorUnits, valuePurchases } from "./value-purchases.js";

/** What the customers of a workbook are worth ahead, by segment, how sure that is, and how long they stay. */
export interface WorkbookValue {
  readonly currency: string;
  readonly asOf: string;
  /** The same as days since 1970-01-01. */
  readonly until: number;
  /** The terms, as the workbook declares them or by default. */
  readonly config: ValueConfig;
  /** What a value is: margin, or revenue where the workbook declares no margin. */
  readonly unit: "margin" | "revenue";
  readonly segments: readonly NamedSegment[];
  readonly purchases: Purchases;
  readonly summary: PurchaseSummary;
  /** Segment of each valued customer, −1 for none. */
  readonly labels: Int32Array;
  readonly valuation: CustomerValuation;
  readonly bySegment: readonly SegmentValue[];
  /** Those of them that are large enough to be shown, with their customers who have a value. */
  readonly shown: readonly ShownValue[];
  readonly concentration: ValueConcentration;
  /** Or why the model could not be checked, in half a sentence. */
  readonly check: ValueCheck | string;
  /** null where nobody bought twice. */
  readonly survival: CustomerSurvival | null;
  /** What a reader must know, a sentence each. */
  readonly notes: readonly string[];
}

/** The value of a segment as figures and tables take it. */
export interface ShownValue extends SegmentValue {
  /** Customers with a value. */
  readonly size: number;
}

/** A value, or why there is none. */
export interface ValueOutcome {
  readonly value: WorkbookValue | null;
  /** One sentence; empty where there is a value. */
  readonly reason: string;
}

/** How values are computed, where it is not as the workbook says. */
export interface ValueSegmentsOptions {
  /** Bootstrap fits; absent or 0: as the workbook says. */
  readonly fits?: number;
  readonly threads?: number;
}

/** A workbook's word for each model. */
const modelOf: Readonly<Record<ValueModelName, PurchaseModelName>> = {
  "bg-nbd": "BG/NBD",
  "mbg-nbd": "MBG/NBD",
  "pareto-nbd": "Pareto/NBD",
};

/**
 * Values the customers of a workbook ahead, by segment: purchases after returns, models of when they buy and what they spend, intervals, a
 * check on later orders, and how long customers stay.
 *
 * Terms are those under `value` in the workbook; without a margin a value is revenue and says so. Same files, workbook and seed: same bytes.
 * O(fits · customers); 4,000 customers and 40 fits take a second or two.
 *
 * @returns No value, with the reason, where there are no orders or they fix no model.
 */
export async function valueSegments(
  book: Workbook,
  found: Segmentation,
  options: ValueSegmentsOptions = {},
): Promise<ValueOutcome> {
  const { purchases, reason, ...read } = await valuePurchases(book);
  if (purchases === null) return { value: null, reason: `Value: ${reason}.` };
  const { until } = read as { readonly until: number };
  try {
    return { value: compute(book, found, { purchases, until, ...options }), reason: "" };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof RunError)) throw error;
    return { value: null, reason: `Value: not computed. ${refusalOf(error, book)}` };
  }
}

function compute(
  book: Workbook,
  { assignment, segments }: Segmentation,
  {
    purchases,
    until,
    fits,
    threads,
  }: ValueSegmentsOptions & { readonly purchases: Purchases; readonly until: number },
): WorkbookValue {
  const { money, asOf, segmentation } = book.config;
  const config = book.config.value ?? usualValue;
  const model = modelOf[config.model];
  const summary = summaryInMajorUnits(purchases, money.decimals, { until });
  const labelOf = new Map(assignment.keys.map((key, i) => [key, assignment.labels[i]!]));
  const labels = Int32Array.from(summary.keys, (key) => labelOf.get(key) ?? -1);
  const terms = {
    margin: config.margin ?? 1,
    discountRate: config.discountRate,
    horizonDays: config.horizonDays,
    model,
    fits: fits || config.fits,
    seed: segmentation.seed,
    // Threads take longer to start than so little work takes.
    threads: threads ?? (summary.keys.length * (fits || config.fits) < 500_000 ? 1 : undefined),
  };
  const valuation: CustomerValuation | GroupedValuation =
    config.models === "by-segment"
      ? valueGroups(summary, labels, segments.length, terms)
      : valueCustomers(summary, terms);
  const bySegment = valueBySegment(valuation, labels, segments);
  const isShown = suppressGroups(
    bySegment.map(({ customers }) => customers),
    smallestCell(book.config.privacy),
  );
  return {
    currency: money.currency,
    asOf,
    until,
    config,
    unit: config.margin === undefined ? "revenue" : "margin",
    segments,
    purchases,
    summary,
    labels,
    valuation,
    bySegment,
    shown: bySegment
      .filter(({ customers }, i) => isShown[i] && customers > 0)
      .map((segment) => ({ ...segment, size: segment.customers })),
    concentration: valueConcentration(valuation.values),
    check: checkValue({ purchases, until, labelOf, segments, config, model }),
    survival: customerSurvival({ summary, purchases, labels }, segments, { until }),
    notes: notesOn({ summary, valuation, segments, unvalued: assignment.keys.length - summary.keys.length }),
  };
}

function notesOn(parts: {
  readonly summary: PurchaseSummary;
  readonly valuation: CustomerValuation | GroupedValuation;
  readonly segments: readonly NamedSegment[];
  readonly unvalued: number;
}): readonly string[] {
  const { summary, valuation, segments, unvalued } = parts;
  const { refundedDays, overRefunded } = summary;
  const borrowed =
    "groupModels" in valuation
      ? segments.filter((_, s) => valuation.groupModels[s] === null).map(({ name }) => `“${name}”`)
      : [];
  return [
    ...("groupModels" in valuation
      ? ["Each segment has models of its own; that frequent buyers were lucky in part is left out."]
      : valuation.notes),
    ...(borrowed.length === 0
      ? []
      : [
          `${borrowed.join(", ")} ${borrowed.length === 1 ? "is" : "are"} valued by the models of all customers: too few purchases fix models of their own.`,
        ]),
    ...(unvalued > 0 ? [`${countText(unvalued)} customers never bought and have no value here.`] : []),
    ...(refundedDays > 0
      ? [
          `${countText(refundedDays)} purchases were refunded in full and do not count; other refunds are taken off the purchase before.`,
        ]
      : []),
    ...(overRefunded > 0 ? [`${countText(overRefunded)} customers got back more than they had paid.`] : []),
  ];
}

/** The refusal as a reader of the report needs it, with what to do. */
function refusalOf({ message }: Error, book: Workbook): string {
  if (/^fitGammaGamma: meanValue must hardly go/.test(message) && book.config.value?.models !== "by-segment")
    return "Who buys often spends clearly more or less each time than others, which one model of all customers leaves out. Write models: by-segment under value in the workbook file.";
  const text = message.replace(/^\w+: /, "");
  return `${text[0]!.toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
}
