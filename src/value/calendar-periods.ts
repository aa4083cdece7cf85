import { dayText } from "../core/calendar-day.js";
import { monthOf } from "./cohort-table.js";

/** Calendar months, or weeks counted back from the last day. */
export type CalendarPeriod = "month" | "week";

/** Whole periods, one after the other. */
export interface Calendar {
  /** First day of each, `YYYY-MM-DD`. */
  readonly starts: readonly string[];
  /** Number of the period that a day since 1970-01-01 is in; −1 outside. */
  readonly placeOf: (day: number) => number;
}

/** The periods that lie whole between two days, both included. */
export function wholePeriods(period: CalendarPeriod, from: number, until: number): Calendar {
  const first = period === "month" ? monthOf(from - 1) + 1 : 0;
  const count =
    period === "month" ? monthOf(until + 1) - first : Math.max(0, Math.floor((until + 1 - from) / 7));
  const firstDay = until + 1 - 7 * count;
  const numberOf = (day: number) =>
    period === "month" ? monthOf(day) - first : Math.floor((day - firstDay) / 7);
  const startOf = (place: number) =>
    period === "month" ? monthText(first + place) : dayText(firstDay + 7 * place);
  return {
    starts: Array.from({ length: Math.max(0, count) }, (_, place) => startOf(place)),
    placeOf: (day) => {
      const place = numberOf(day);
      return place >= 0 && place < count ? place : -1;
    },
  };
}

function monthText(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}
