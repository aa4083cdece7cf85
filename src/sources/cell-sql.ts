import type { SourceConfig } from "../config/workbook-config.js";
import { quoteText } from "../engine/sql-text.js";

/** How a source writes numbers and dates. */
export type CellStyle = Pick<SourceConfig, "decimalSeparator" | "dateFormat">;

/** Blanks that may stand around a value: space, tab, line ends, no-break space. */
const blanks = [" ", "\t", "\r", "\n", "\u00a0"];

/** SQL: a cell without the blanks around it; NULL if nothing is left. The test spares most cells the slow trim. */
export function cellText(column: string): string {
  const codes = blanks.map((blank) => blank.charCodeAt(0)).join(", ");
  const ends = blanks.map((blank) => `ends_with(${column}, ${quoteText(blank, "duckdb")})`).join(" OR ");
  const trimmed = `trim(${column}, ${quoteText(blanks.join(""), "duckdb")})`;
  return `nullif(CASE WHEN ascii(${column}) IN (${codes}) OR ${ends} THEN ${trimmed} ELSE ${column} END, '')`;
}

/** SQL condition: a text reads as a decimal number. The database's own cast would also take `1_000`, `inf` and `NaN`. */
export function isDecimal(text: string, { decimalSeparator }: CellStyle): string {
  return fits(text, `[+-]?([0-9]+([${decimalSeparator}][0-9]*)?|[${decimalSeparator}][0-9]+)`);
}

/** SQL condition: a text reads as a whole number; `6.0` does. */
export function isWholeNumber(text: string, { decimalSeparator }: CellStyle): string {
  return fits(text, `[+-]?[0-9]+([${decimalSeparator}]0*)?`);
}

/** SQL: a whole number as BIGINT, NULL where it is none or does not fit. */
export function wholeNumber(text: string, style: CellStyle): string {
  const whole = `split_part(${text}, '${style.decimalSeparator}', 1)`;
  return `CASE WHEN ${isWholeNumber(text, style)} THEN TRY_CAST(${whole} AS BIGINT) END`;
}

/** SQL condition: a decimal number has more decimals than `decimals`; zeros at its end do not count. */
export function hasMoreDecimals(text: string, decimals: number, style: CellStyle): string {
  return `(${isDecimal(text, style)} AND length(${fraction(text, style)}) > ${decimals})`;
}

/** SQL: a decimal number times 10^decimals as BIGINT, exact; NULL where it is none, has more decimals or does not fit. */
export function scaledNumber(text: string, decimals: number, style: CellStyle): string {
  const whole = `split_part(${text}, '${style.decimalSeparator}', 1)`;
  const digits = `(${whole} || rpad(${fraction(text, style)}, ${decimals}, '0'))`;
  const isExact = `${isDecimal(text, style)} AND length(${fraction(text, style)}) <= ${decimals}`;
  return `CASE WHEN ${isExact} THEN TRY_CAST(${digits} AS BIGINT) END`;
}

/** SQL: a number as DOUBLE, exponent allowed (`1e+05`); NULL where it is none or infinite. */
export function measuredNumber(text: string, { decimalSeparator: mark }: CellStyle): string {
  const pattern = `[+-]?([0-9]+([${mark}][0-9]*)?|[${mark}][0-9]+)([eE][+-]?[0-9]{1,3})?`;
  const value = `TRY_CAST(replace(${text}, '${mark}', '.') AS DOUBLE)`;
  return `CASE WHEN ${fits(text, pattern)} AND isfinite(${value}) THEN ${value} END`;
}

/** SQL: a day as DATE in the declared format; NULL where it is none. Two-digit slips such as the year 11 are none. */
export function calendarDay(text: string, { dateFormat }: CellStyle): string {
  const day = `CAST(try_strptime(${text}, ${quoteText(dateFormat, "duckdb")}) AS DATE)`;
  return `CASE WHEN ${day} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31' THEN ${day} END`;
}

function fraction(text: string, { decimalSeparator }: CellStyle): string {
  return `rtrim(split_part(${text}, '${decimalSeparator}', 2), '0')`;
}

function fits(text: string, pattern: string): string {
  return `coalesce(regexp_full_match(${text}, '${pattern}'), false)`;
}
