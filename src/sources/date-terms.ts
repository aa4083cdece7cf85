import type { TimeZoneStep } from "../config/cleaning-config.js";
import { type CellStyle, calendarDay, momentOf } from "./cell-sql.js";
import type { DateOrder, PlanInput, Term } from "./table-plan.js";
import { inZone, zoneTerms } from "./time-zone.js";

/** How the date of a row is read. */
export interface DatePlan {
  /** Terms over `date_text`, in steps: `date`, where asked for `moment`, and what checks and cleaning need. */
  readonly steps: readonly [readonly Term[], readonly Term[]];
  /** Names of the terms besides `date`. */
  readonly extra: readonly string[];
  readonly dateOrders: readonly DateOrder[];
}

/**
 * Plans `date` from `date_text`: a day in the declared format, of the declared zone.
 *
 * `only_swapped` is the day of a text that reads only with day and month in the other order; checkDateOrder looks at it.
 *
 * @param read - SQL of the moment in the column, where the caller has a quicker way than the text.
 * @param needsMoment - Whether the time of day matters, as for cancellations and sessions.
 */
export function planDate(
  { source }: PlanInput,
  needsMoment: boolean,
  read: string = momentOf("date_text", source),
): DatePlan {
  const zone = source.cleaning.find((step): step is TimeZoneStep => step.step === "time-zone");
  const column = source.columns.get("date") ?? source.columns.get("time")!;
  const swapped = swappedTerm("only_swapped", "date_text", source);
  const order = swapped === undefined ? [] : [swapped];
  const moment = zone === undefined ? "read_moment" : inZone("read_moment", zone);
  const moments = needsMoment ? [{ name: "moment", sql: moment }] : [];
  const zones = zone === undefined ? [] : zoneTerms(zone);
  const more = [...order, ...moments, ...zones];
  return {
    steps: [
      [{ name: "read_moment", sql: read }],
      [{ name: "date", sql: `CAST(${moment} AS DATE)` }, ...more],
    ],
    extra: more.map(({ name }) => name),
    dateOrders: order.map(({ name }) => ({ column, day: "date", onlySwapped: name })),
  };
}

/** Term: the day of a text that reads only with day and month in the other order; undefined where the format does not have both. */
export function swappedTerm(name: string, text: string, source: CellStyle): Term | undefined {
  const dateFormat = swappedFormat(source.dateFormat);
  if (dateFormat === undefined) return undefined;
  const day = calendarDay(text, { ...source, dateFormat });
  return { name, sql: `CASE WHEN ${calendarDay(text, source)} IS NULL THEN ${day} END` };
}

/**
 * The format with day and month in each other's place; undefined where it does not have both as numbers, or goes from year to
 * month to day, which nobody writes the other way round: 2026-13-01 is a slip.
 */
export function swappedFormat(dateFormat: string): string | undefined {
  const parts = dateFormat.match(/%-?[dm]/g) ?? [];
  if (/%-?[yY].*%-?m.*%-?d/.test(dateFormat)) return undefined;
  if (parts.length !== 2 || new Set(parts.map((part) => part.at(-1))).size !== 2) return undefined;
  return dateFormat.replaceAll(/%(-?)([dm])/g, (_, dash: string, letter: string) =>
    letter === "d" ? `%${dash}m` : `%${dash}d`,
  );
}
