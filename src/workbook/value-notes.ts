import type { ModelGrouping } from "../config/value-config.js";
import { countText } from "../core/number-text.js";
import type { PurchaseSummary } from "../value/summarize-purchases.js";
import type { CustomerValuation } from "../value/value-customers.js";
import type { GroupedValuation } from "../value/value-groups.js";
import type { NamedSegment } from "./named-segment.js";

/** What a reader must know of a valuation, a sentence each. */
export function valueNotes(parts: {
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
export function valueRefusal(error: Error, models: ModelGrouping | undefined): string {
  if (leavesOutSpend(error) && models === "together")
    return "Who buys often spends clearly more or less each time than others, which one model of all customers leaves out. Write models: by-segment under value in the workbook file.";
  const text = error.message.replace(/^\w+: /, "");
  return `${text[0]!.toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
}

/** Whether one model of all customers was refused since spend goes with frequency. */
export function leavesOutSpend({ message }: Error): boolean {
  return /^fitGammaGamma: meanValue must hardly go/.test(message);
}
