import type { SourceConfig } from "../config/workbook-config.js";
import { quoteText } from "../engine/sql-text.js";

/** How a source writes numbers and dates. */
export type CellStyle = Pick<SourceConfig, "decimalSeparator" | "thousandsSeparator" | "dateFormat">;

/** Blanks that may stand around a value: space, tab, line ends, no-break space. */
const blanks = [" ", "\t", "\r", "\n", "\u00a0"];

/**
 * SQL: a cell without the blanks around it; NULL if nothing is left. The test spares most cells the slow trim.
 *
 * @param hasOnlySpaces - Whether the file surely has no other blank in its cells.
 */
export function cellText(
  column: string,
  { hasOnlySpaces = false }: { readonly hasOnlySpaces?: boolean } = {},
): string {
  const possible = hasOnlySpaces ? [" "] : blanks;
  const ends = possible.map((blank) => `ends_with(${column}, ${quoteText(blank, "duckdb")})`);
  const begins = [`${column} < '!'`, ...(hasOnlySpaces ? [] : [`starts_with(${column}, '\u00a0')`])];
  return `CASE WHEN ${[...begins, ...ends].join(" OR ")} THEN ${trimmedText(column)} ELSE ${column} END`;
}

/** SQL: the same, short, for cells of which few are asked. */
export function trimmedText(column: string): string {
  return `nullif(trim(${column}, ${quoteText(blanks.join(""), "duckdb")}), '')`;
}

/**
 * SQL: the text of a number as the rest of this file reads it. Where the source declares a thousands separator, groups of three digits
 * are joined, a currency sign or code beside the number goes, and `(12.00)` is −12.00; where it does not, the text stays.
 */
export function numberText(
  text: string,
  { thousandsSeparator: group, decimalSeparator: mark }: CellStyle,
): string {
  if (group === "") return text;
  const sign = "(?:[A-Z]{3}|\\p{Sc})";
  const blank = "[ \u00a0\u202f]*";
  const between = group === " " ? "[ \u00a0\u202f]" : `[${group}]`;
  const number = `[0-9]{1,3}(?:${between}[0-9]{3})+(?:[${mark}][0-9]*)?|[0-9]+(?:[${mark}][0-9]*)?|[${mark}][0-9]+`;
  const whole = `(\\(?)${blank}([+-]?)${blank}(?:${sign}${blank})?([+-]?)(${number})${blank}(?:${sign})?${blank}(\\)?)`;
  const fitsWhole = `regexp_full_match(${text}, ${quoteText(whole, "duckdb")})`;
  const digits = `regexp_replace(regexp_replace(${text}, ${quoteText(`${between}|${sign}|[()+-]|\u00a0|\u202f| `, "duckdb")}, '', 'g'), '^$', '')`;
  const isNegative = `(contains(${text}, '-') OR (contains(${text}, '(') AND contains(${text}, ')')))`;
  const isPaired = `contains(${text}, '(') = contains(${text}, ')')`;
  return `CASE WHEN ${fitsWhole} AND ${isPaired} THEN CASE WHEN ${isNegative} THEN '-' ELSE '' END || ${digits} ELSE ${text} END`;
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
  const plain = `TRY_CAST(${text} AS BIGINT)`;
  return `CASE WHEN ${readsBack(plain, text)} THEN ${plain} WHEN ${isWholeNumber(text, style)} THEN TRY_CAST(${whole} AS BIGINT) END`;
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
  const plain = `TRY_CAST(${text} AS ${quickDecimal(decimals)})`;
  const quick = `WHEN ${readsBackScaled(plain, text, decimals)} THEN CAST(${plain} * ${10 ** decimals} AS BIGINT)`;
  return `CASE ${style.decimalSeparator === "." ? quick : ""} WHEN ${isExact} THEN TRY_CAST(${digits} AS BIGINT) END`;
}

/**
 * The type of a text that is quickly read as a number times 10^decimals (at most 9): 18 digits fit into 64 bits, and the product
 * must fit as well.
 */
export function quickDecimal(decimals: number): string {
  return `DECIMAL(${18 - decimals}, ${decimals})`;
}

/** SQL: a number as DOUBLE, exponent allowed (`1e+05`); NULL where it is none or infinite. */
export function measuredNumber(text: string, { decimalSeparator: mark }: CellStyle): string {
  const pattern = `[+-]?([0-9]+([${mark}][0-9]*)?|[${mark}][0-9]+)([eE][+-]?[0-9]{1,3})?`;
  const value = `TRY_CAST(replace(${text}, '${mark}', '.') AS DOUBLE)`;
  return `CASE WHEN ${fits(text, pattern)} AND isfinite(${value}) THEN ${value} END`;
}

/** SQL: a day as DATE in the declared format; NULL where it is none. Two-digit slips such as the year 11 are none. */
export function calendarDay(text: string, style: CellStyle): string {
  return `CAST(${momentOf(text, style)} AS DATE)`;
}

/** SQL: a day with its time of day, if the declared format has one, as TIMESTAMP; NULL where it is none or not from 1900 to 2199. */
export function momentOf(text: string, { dateFormat }: CellStyle): string {
  const read = `try_strptime(${text}, ${quoteText(dateFormat, "duckdb")})`;
  const type = isoTypes.get(dateFormat);
  const plain = `TRY_CAST(${text} AS ${type})`;
  const moment =
    type === undefined
      ? read
      : `CASE WHEN ${readsBack(plain, text)} THEN TRY_CAST(${plain} AS TIMESTAMP) ELSE ${read} END`;
  return `CASE WHEN ${moment} BETWEEN TIMESTAMP '1900-01-01' AND TIMESTAMP '2199-12-31 23:59:59.999999' THEN ${moment} END`;
}

const isoTypes: ReadonlyMap<string, string> = new Map([
  ["%Y-%m-%d", "DATE"],
  ["%Y-%m-%d %H:%M:%S", "TIMESTAMP"],
]);

/** SQL condition: the engine would write a value as it found it; then its fast reading and our exact one agree. Most cells are so. */
export function readsBack(value: string, text: string): string {
  return `CAST(${value} AS VARCHAR) = ${text}`;
}

/** SQL condition: the same of a DECIMAL with so many decimals, whose last zeros, or point and zeros, the text may leave out. */
export function readsBackScaled(value: string, text: string, decimals: number): string {
  const shorter = Array.from({ length: Math.max(0, decimals - 1) }, (_, k) => "0".repeat(k + 1));
  const ends = decimals === 0 ? [] : [...shorter, `.${"0".repeat(decimals)}`];
  const written = [text, ...ends.map((end) => `${text} || '${end}'`)];
  // Not IN, which would write every ending for every row.
  return `(${written.map((one) => `CAST(${value} AS VARCHAR) = ${one}`).join(" OR ")})`;
}

function fraction(text: string, { decimalSeparator }: CellStyle): string {
  return `rtrim(split_part(${text}, '${decimalSeparator}', 2), '0')`;
}

function fits(text: string, pattern: string): string {
  return `coalesce(regexp_full_match(${text}, '${pattern}'), false)`;
}
