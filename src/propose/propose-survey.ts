import { rowKey } from "../config/row-key.js";
import type { Candidate, Entry, Flag, SourceProposal } from "./entry.js";
import { type Battery, findBatteries } from "./find-items.js";
import { claimName } from "./plain-words.js";
import type { ColumnProfile } from "./profile-column.js";
import { numbersByRow, rankCorrelation } from "./rank-correlation.js";
import type { SourceInput } from "./source-input.js";

/** Correlation from which two items are taken to ask for the same, and from which one seems to be worded the other way round. */
const together = 0.4;

/** A group of items that rise together, and those that fall as they rise. */
interface ItemGroup {
  readonly items: readonly ColumnProfile[];
  readonly reversed: readonly ColumnProfile[];
}

/** Survey answers: items that rise together become a scale; an item that runs against them stays by itself and is flagged. */
export function proposeSurvey({ file, key, taken }: SourceInput): SourceProposal {
  const { columns, sample } = file;
  const batteries = findBatteries(columns.filter((column) => column !== key.column));
  const codes = [...new Set(batteries.flatMap(({ missingCodes }) => missingCodes))];
  const missing: Entry = {
    key: "missingCodes",
    value: codes,
    note: "stand apart from the scale: taken for no answer",
  };
  const groups = batteries.flatMap((battery) =>
    groupItems(battery, (column) => numbersByRow(sample, column)).map((group) => ({
      ...group,
      range: battery.range,
    })),
  );
  const scales = groups.map((group) => scaleEntry(group, taken));
  const flags = groups.flatMap(({ items, reversed }) =>
    reversed.map(({ name: column }): Flag => {
      const message = `falls as ${namesOf(items)} ${items.length === 1 ? "rises" : "rise"}: worded in reverse?`;
      return { file: sample.written, column, flag: "reversed", message };
    }),
  );
  const customer = { key: "columns", value: { customer: key.column?.name ?? rowKey }, note: key.reason };
  return {
    entries: [customer, ...(codes.length > 0 ? [missing] : []), { key: "scales", entries: scales }],
    flags,
    questions: [],
    candidates: scales.map(({ key: name }): Candidate => ({ name, rank: 6 })),
  };
}

function scaleEntry(
  { items, reversed, range }: ItemGroup & Pick<Battery, "range">,
  taken: Set<string>,
): Entry {
  const names = items.map(({ name }) => name);
  const key = claimName(items.map(({ words }) => words).join(" "), taken, "scale");
  const meaning =
    names.length === 1 ? `Answer to ${names[0]}` : `Mean of ${names.length} answers that rise together`;
  const entry = { key, value: { items: names, range, meaning: meaning.slice(0, 300) } };
  if (reversed.length === 0) return entry;
  const runs =
    reversed.length === 1
      ? "runs the other way: if worded in reverse"
      : "run the other way: if worded in reverse";
  return {
    ...entry,
    note: `${namesOf(reversed)} ${runs}, add ${reversed.map(({ name }) => `-${name}`).join(", ")} to items`,
  };
}

function namesOf(columns: readonly ColumnProfile[]): string {
  return columns.map(({ name }) => name).join(", ");
}

/** Correlations of all pairs of many items are computed over fewer rows. */
const cellLimit = 80_000;

/** Items of a battery by what they ask: those that all rise together. An item belongs to one group. */
function groupItems({ columns }: Battery, numbersOf: (column: ColumnProfile) => Float64Array): ItemGroup[] {
  const rows = Math.floor(cellLimit / columns.length);
  const series = new Map(columns.map((column) => [column, numbersOf(column).subarray(0, rows)]));
  const correlation = (a: ColumnProfile, b: ColumnProfile) => rankCorrelation(series.get(a)!, series.get(b)!);
  const groups: ColumnProfile[][] = [];
  for (const column of columns) {
    const home = groups.find((items) => items.every((item) => correlation(item, column) > together));
    if (home) home.push(column);
    else groups.push([column]);
  }
  // An item alone that falls as others rise; of two alone the later.
  const runsAgainst = (items: readonly ColumnProfile[], [other]: readonly ColumnProfile[]): boolean =>
    (items.length > 1 || items[0]!.index < other!.index) &&
    items.every((item) => correlation(item, other!) < -together);
  const single = groups.filter(({ length }) => length === 1);
  return groups.map((items) => ({
    items,
    reversed: single.filter((other) => other !== items && runsAgainst(items, other)).flat(),
  }));
}
