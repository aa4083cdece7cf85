import { dayNumber } from "../core/calendar-day.js";

/** Days as people write them; of two that fit, the earlier is taken where nothing decides. */
const days = [
  "%Y-%m-%d",
  "%Y/%m/%d",
  "%Y.%m.%d",
  "%Y%m%d",
  "%d.%m.%Y",
  "%d-%m-%Y",
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%m-%d-%Y",
  "%m.%d.%Y",
  "%d.%m.%y",
  "%d/%m/%y",
  "%m/%d/%y",
  "%d-%m-%y",
  "%m-%d-%y",
  "%d %b %Y",
  "%d-%b-%Y",
  "%d-%b-%y",
  "%b %d, %Y",
  "%d %B %Y",
  "%B %d, %Y",
] as const;

const times = [
  "",
  " %H:%M:%S",
  " %H:%M",
  "T%H:%M:%S",
  "T%H:%M",
  "T%H:%M:%SZ",
  " %I:%M %p",
  " %I:%M:%S %p",
] as const;

/** strptime patterns of dates, with and without a time of day. */
export const dateFormats: readonly string[] = days.flatMap((day) => times.map((time) => `${day}${time}`));

const parts: Readonly<Record<string, string>> = {
  Y: "(?<year>\\d{4})",
  y: "(?<short>\\d{2})",
  m: "(?<month>\\d{1,2})",
  d: "(?<day>\\d{1,2})",
  b: "(?<name>[A-Za-z]{3})",
  B: "(?<name>[A-Za-z]{3,9})",
  H: "(?:[01]?\\d|2[0-3])",
  I: "(?:0?[1-9]|1[0-2])",
  M: "[0-5]?\\d",
  S: "[0-5]?\\d(?:\\.\\d{1,9})?",
  p: "[AaPp][Mm]",
};

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const patterns = new Map<string, RegExp>();

/** Days from 1970-01-01 to the day that a text names in a format; undefined where it names none. */
export function readDate(text: string, format: string): number | undefined {
  const groups = patternOf(format).exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { year, short, month, day, name } = groups;
  const fullYear = year ?? (Number(short) < 69 ? `20${short}` : `19${short}`);
  const number = name === undefined ? Number(month) : months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return dayNumber(`${fullYear}-${String(number).padStart(2, "0")}-${day!.padStart(2, "0")}`);
}

function patternOf(format: string): RegExp {
  let pattern = patterns.get(format);
  if (pattern === undefined) {
    const compact = format.startsWith("%Y%m%d");
    const source = format
      .replace(/[.,]/g, "\\$&")
      .replace(/%(.)/g, (_, letter: string) =>
        compact && (letter === "m" || letter === "d")
          ? parts[letter]!.replace("{1,2}", "{2}")
          : parts[letter]!,
      );
    pattern = new RegExp(`^${source}$`);
    patterns.set(format, pattern);
  }
  return pattern;
}

/** What the dates of a column say about how they are written. */
export interface DateReading {
  readonly format: string;
  /** The other order of day and month, where no value decides. */
  readonly ambiguousWith?: string;
  /** Why this order. */
  readonly because?: string;
  /** Days since 1970-01-01. */
  readonly first: number;
  readonly last: number;
}

/** Share of the values that must read in a format. */
const enough = 0.95;

/**
 * The format in which the values of a column read as days, or undefined where they are none.
 *
 * @param values - Filled values, trimmed, in the order of the file: sorted dates tell day-first from month-first.
 */
export function sniffDates(values: readonly string[]): DateReading | undefined {
  if (values.length === 0 || !/\d/.test(values[0]!)) return undefined;
  const few = values.slice(0, 50);
  const readings = dateFormats
    .filter((format) => few.filter((text) => readDate(text, format) !== undefined).length >= few.length * 0.8)
    .map((format) => ({ format, read: values.map((text) => readDate(text, format)) }))
    .map((reading) => ({ ...reading, known: reading.read.filter((day) => day !== undefined) }))
    .filter(({ known }) => known.length >= values.length * enough && known.every(isLikely));
  const most = Math.max(...readings.map(({ known }) => known.length));
  const best = readings.filter(({ known }) => known.length === most);
  if (best.length === 0) return undefined;
  const other = best.find(({ format }) => isOtherOrder(best[0]!.format, format));
  const sorted = other && [best[0]!, other].filter(({ known }) => isSorted(known));
  const chosen = sorted?.length === 1 ? sorted[0]! : best[0]!;
  const [first, last] = [least(chosen.known), -least(chosen.known.map((day) => -day))];
  return {
    format: chosen.format,
    first,
    last,
    ...orderNote(chosen.format, { other, isBySorting: sorted?.length === 1, readings }),
  };
}

function orderNote(
  format: string,
  found: {
    readonly other: { readonly format: string } | undefined;
    readonly isBySorting: boolean;
    readonly readings: readonly { readonly format: string }[];
  },
): Pick<DateReading, "ambiguousWith" | "because"> {
  const isDayFirst = /^%d/.test(format);
  if (!/^%[dm][./-]%[dm]/.test(format)) return {};
  const order = isDayFirst ? "day first" : "month first";
  if (found.isBySorting) return { because: `${order}: only so do the dates rise down the file` };
  if (found.other !== undefined) return { ambiguousWith: found.other.format };
  return { because: `${order}: some have a ${isDayFirst ? "first" : "second"} number above 12` };
}

function isOtherOrder(format: string, other: string): boolean {
  const swapped = format.replace(/^%([dm])([./-])%([dm])/, "%$3$2%$1");
  return swapped !== format && swapped === other;
}

/** From 1900 to 2100. */
function isLikely(day: number): boolean {
  return day > -25_568 && day < 47_482;
}

function isSorted(days: readonly number[]): boolean {
  const steps = days.slice(1).map((day, i) => day - days[i]!);
  const rising = steps.filter((step) => step >= 0).length;
  return steps.length > 5 && new Set(days).size > 3 && rising >= steps.length * 0.98;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** `2026-03-31` of the days since 1970-01-01. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
