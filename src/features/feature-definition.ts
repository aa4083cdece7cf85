import type { SourceKind } from "../config/workbook-config.js";
import { dayNumber, dayText } from "../core/calendar-day.js";
import type { Feature } from "../core/feature.js";
import { column, compare, date, type Expression } from "./expression.js";

/** A feature and how it is computed from the rows of its source. */
export interface FeatureDefinition extends Feature {
  readonly source: SourceKind;
  readonly expression: Expression;
  /** Which days count: "all", "last 90 days", or "state" for what is known of the customer as of the day. */
  readonly window: string;
  /** What customers have to whom it does not apply: "0 without purchases", "missing without purchases". */
  readonly missing: string;
  /** Computed only where the workbook names it, in `basis` or under `features`; absent: always. */
  readonly onRequest?: true;
}

/** All but what the kind decides; a number and a descriptor unless it says otherwise. */
export type FeatureDraft = Omit<FeatureDefinition, "source" | "role" | "type" | "window"> &
  Partial<Pick<FeatureDefinition, "role" | "type" | "window">>;

/** Features of one kind, which count all days unless they say otherwise. */
export function definitionsOf(
  source: SourceKind,
  drafts: readonly FeatureDraft[],
): readonly FeatureDefinition[] {
  return drafts.map((draft) => ({ type: "number", role: "descriptor", window: "all", ...draft, source }));
}

/** Features that are computed only where the workbook names them. */
export function onRequest(drafts: readonly FeatureDraft[]): readonly FeatureDraft[] {
  return drafts.map((draft) => ({ ...draft, onRequest: true }));
}

/** Holds for days after the one that lies so many days before the as-of date: of 30, the as-of date and the 29 days before. */
export function withinDays(asOf: string, days: number, day: string = "date"): Expression {
  return compare(column(day), ">", date(dayText(dayNumber(asOf)! - days)));
}

/** `share_of_spend` → "Share of spend", for a feature that nobody gave a label. */
export function labelFromName(name: string): string {
  const words = name.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
