import { readDate } from "./date-format.js";
import type { FileSample } from "./file-sample.js";
import type { ColumnProfile } from "./profile-column.js";

/** What the whole of a file says, not its sample. */
export interface FileExtent {
  /** Days since 1970-01-01 of the first and the last row; stragglers far from the others do not count. Absent without dates. */
  readonly first?: number;
  readonly last?: number;
  /** Rows dated later than `last`. */
  readonly later: number;
  /** Most decimals of the price. */
  readonly decimals: number;
  /** Share of rows whose quantity is negative, 0…1. */
  readonly negativeShare: number;
  /** Whether the whole file was read, not a sample. */
  readonly isWhole: boolean;
}

/** Which columns are measured. */
export interface ExtentColumns {
  readonly date?: ColumnProfile;
  readonly dateFormat: string;
  readonly price?: ColumnProfile;
  readonly quantity?: ColumnProfile;
}

/** Dates come again and again: so many are read once. */
const rememberedTexts = 50_000;

/** First and last day, decimals of prices and share of returns, from the whole file where that is cheap, else from the sample. */
export async function findExtent(sample: FileSample, columns: ExtentColumns): Promise<FileExtent> {
  const { date, price, quantity, dateFormat } = columns;
  const days = new Map<number, number>();
  const texts = new Map<string, number | undefined>();
  let [rows, negative, decimals] = [0, 0, 0];
  const mark = price?.numbers?.decimalSeparator ?? ".";
  const visit = ([dateText = "", priceText = "", quantityText = ""]: readonly string[]): void => {
    rows++;
    const dayText = date === undefined ? "" : dateText;
    const day = texts.has(dayText) ? texts.get(dayText) : readDate(dayText, dateFormat);
    if (texts.size < rememberedTexts) texts.set(dayText, day);
    if (day !== undefined) days.set(day, (days.get(day) ?? 0) + 1);
    if (price !== undefined) decimals = Math.max(decimals, decimalsOf(priceText, mark));
    if (quantity !== undefined && quantityText.startsWith("-")) negative++;
  };
  const indices = [date, price, quantity].map((column) => column?.index ?? 0);
  const isWhole =
    sample.isWhole || (date === undefined && price === undefined)
      ? false
      : await sample.readColumns(indices, visit);
  if (!isWhole) for (const row of sample.rows) visit(indices.map((j) => row[j]!));
  return {
    ...edges(days),
    decimals,
    negativeShare: rows === 0 ? 0 : negative / rows,
    isWhole: isWhole || sample.isWhole,
  };
}

/** Digits after the decimal mark, zeros at the end left out; at most 6, which is what money may have. */
function decimalsOf(text: string, mark: string): number {
  const at = text.lastIndexOf(mark);
  return at < 0 ? 0 : Math.min(6, text.slice(at + 1).replace(/0+$/, "").length);
}

/** At most this share of the rows are stragglers. */
const stragglerShare = 0.005;
/** Rows a day below which a day at the edge is one, as a share of what is usual. */
const stragglerRate = 0.02;

/**
 * The first and the last day that count. Days at the edges with hardly a row, and far from the next, are slips such as a wrong
 * year; they stay in the file and are dropped when it is read.
 */
function edges(days: ReadonlyMap<number, number>): Pick<FileExtent, "first" | "last" | "later"> {
  const sorted = [...days].sort((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, [, rows]) => sum + rows, 0);
  if (total === 0) return { later: 0 };
  const usual = (total * 0.98) / (dayAt(sorted, total * 0.99) - dayAt(sorted, total * 0.01) + 1);
  const cut = (list: readonly (readonly [number, number])[]): { day: number; beyond: number } => {
    let beyond = 0;
    for (let i = 0; i + 1 < list.length; i++) {
      const [day, rows] = list[i]!;
      const gap = Math.abs(list[i + 1]![0] - day);
      const isStraggler = rows / gap <= usual * stragglerRate && beyond + rows <= total * stragglerShare;
      if (!isStraggler) return { day, beyond };
      beyond += rows;
    }
    return { day: list.at(-1)![0], beyond };
  };
  const last = cut([...sorted].reverse());
  return { first: cut(sorted).day, last: last.day, later: last.beyond };
}

/** The day on which the given number of rows is reached. */
function dayAt(sorted: readonly (readonly [number, number])[], wanted: number): number {
  let rows = 0;
  return sorted.find(([, count]) => {
    rows += count;
    return rows >= wanted;
  })![0];
}
