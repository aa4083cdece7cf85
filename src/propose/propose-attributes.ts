import type { Candidate, Entry, Flag } from "./entry.js";
import type { FileSample } from "./file-sample.js";
import {
  type AttributeSort,
  type ColumnInput,
  type JudgedColumn,
  judgeColumn,
  percent,
} from "./judge-column.js";
import { reasonToLeaveOut } from "./leave-out.js";
import type { ColumnProfile } from "./profile-column.js";
import { numbersByRow } from "./rank-correlation.js";

/** What the attributes of a customers file are made from. */
export interface AttributesInput extends ColumnInput {
  readonly sample: FileSample;
  /** Less the key. */
  readonly columns: readonly ColumnProfile[];
}

/** Attributes of a customers file; what is left out is flagged. */
export interface ProposedAttributes {
  readonly entries: readonly Entry[];
  readonly flags: readonly Flag[];
  readonly candidates: readonly Candidate[];
}

/** What stands above the attributes of a sort. */
const headings: ReadonlyMap<AttributeSort, string> = new Map([
  ["measured", "Measured."],
  ["named", "Named."],
  [
    "sensitive",
    "Sensitive: they describe segments and do not form them, so that nobody is put into one for what they are.",
  ],
  ["outcome", "Outcomes: what segments should explain."],
]);

/** Every column of a customers file: typed, with its role, or flagged and left out. */
export function proposeAttributes(input: AttributesInput): ProposedAttributes {
  const { sample, columns } = input;
  const judged: JudgedColumn[] = [];
  const flags: Flag[] = [];
  const leftOut = new Map<string, string[]>();
  const candidates: Candidate[] = [];
  for (const column of columns) {
    const about = { file: sample.written, column: column.name };
    const found = reasonToLeaveOut(column, columns) ?? judgeColumn(column, input);
    if ("entry" in found) {
      judged.push(found);
      flags.push(...found.flags.map((flag) => ({ ...about, ...flag })));
      if (column.missing > 0.4)
        flags.push({ ...about, flag: "missing", message: `${percent(column.missing)} missing` });
      const name =
        column.dates && "dates" in column && (found.entry.value as { type: string }).type === "date"
          ? `${found.entry.key}_days`
          : found.entry.key;
      if (found.rank !== undefined)
        candidates.push({ name, rank: found.rank, series: numbersByRow(sample, column) });
    } else {
      flags.push({ ...about, ...found });
      leftOut.set(found.message, [...(leftOut.get(found.message) ?? []), column.name || "a column"]);
    }
  }
  return { entries: grouped(judged, leftOut), flags, candidates };
}

function grouped(judged: readonly JudgedColumn[], leftOut: ReadonlyMap<string, readonly string[]>): Entry[] {
  const sorts = [...headings.keys()].map((sort) => judged.filter((column) => column.sort === sort));
  const told = sorts.filter((columns) => columns.length > 0).length > 1;
  const entries = sorts.flatMap((columns) =>
    columns.map(({ entry, sort }, i) =>
      told && i === 0 ? { ...entry, above: [headings.get(sort)!] } : entry,
    ),
  );
  const [first, ...rest] = entries;
  if (first === undefined || leftOut.size === 0) return entries;
  const reasons = [...leftOut].map(([message, names]) => `${names.join(", ")} (${message})`);
  return [{ ...first, above: [`Left out: ${reasons.join("; ")}.`, ...(first.above ?? [])] }, ...rest];
}
