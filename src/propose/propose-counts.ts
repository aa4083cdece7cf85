import { rowKey } from "../config/row-key.js";
import type { Candidate, Entry, SourceProposal } from "./entry.js";
import { columnFor, type ProposedKind } from "./file-kind.js";
import type { ColumnProfile } from "./profile-column.js";
import type { SourceInput } from "./source-input.js";
import { type Meaning, means } from "./words.js";

/** Our words of a kind, those that need numbers and days told apart. */
interface WordsOfKind {
  readonly counts: readonly Meaning[];
  readonly dates: readonly Meaning[];
  readonly texts: readonly Meaning[];
  /** With the column without which there is no such feature. */
  readonly candidates: readonly (Candidate & { readonly needs?: Meaning })[];
}

const wordsOf: Readonly<Partial<Record<ProposedKind, WordsOfKind>>> = {
  web: {
    dates: ["date"],
    counts: ["sessions", "pages", "carts", "seconds"],
    texts: [],
    candidates: [{ name: "web_sessions", rank: 2 }],
  },
  social: {
    dates: [],
    counts: ["follows", "shares", "mentions"],
    texts: [],
    candidates: [{ name: "follows", rank: 9 }],
  },
  campaigns: {
    dates: ["date"],
    counts: ["sent", "opened", "clicked", "converted"],
    texts: ["campaign"],
    candidates: [{ name: "open_rate", rank: 8 }],
  },
  subscriptions: {
    dates: ["start", "end"],
    counts: ["price"],
    texts: ["plan", "status"],
    candidates: [
      { name: "subscribed_months", rank: 2 },
      { name: "monthly_revenue", rank: 3, needs: "price" },
    ],
  },
  support: {
    dates: ["date", "closed"],
    counts: ["satisfaction", "nps"],
    texts: ["ticket", "topic", "complaint"],
    candidates: [{ name: "support_contacts", rank: 5 }],
  },
};

/** Sources whose columns are found by name: web, social, campaigns, subscriptions, support. */
export function proposeCounts({ file, key }: SourceInput): SourceProposal {
  const { columns, kind } = file;
  const rawEvents =
    kind === "web" &&
    columnFor(columns, "event") !== undefined &&
    columnFor(columns, "sessions") === undefined;
  const mapped = rawEvents ? eventColumns(columns) : countColumns(file.columns, kind);
  const customer: Entry = { key: "customer", value: key.column?.name ?? rowKey, note: key.reason };
  return {
    entries: [
      { key: "columns", entries: [customer, ...mapped] },
      ...(rawEvents
        ? [{ key: "sessionGap", value: 30, note: "minutes without an event: a new session begins" }]
        : []),
    ],
    flags: [],
    questions: [],
    candidates: (wordsOf[kind]?.candidates ?? []).filter(
      ({ needs }) => needs === undefined || mapped.some(({ key: word }) => word === needs),
    ),
  };
}

function countColumns(columns: readonly ColumnProfile[], kind: ProposedKind): Entry[] {
  const { dates, counts, texts } = wordsOf[kind]!;
  const dated = columns.filter((column) => column.dates !== undefined);
  const used = new Set<ColumnProfile>();
  const entries: Entry[] = [];
  const take = (key: Meaning, column: ColumnProfile | undefined): void => {
    if (column === undefined || used.has(column)) return;
    used.add(column);
    entries.push({ key, value: column.name });
  };
  for (const word of texts)
    take(word, columnFor(columns, word, isNoId) ?? (word === "plan" ? undefined : columnFor(columns, word)));
  dates.forEach((word, i) => {
    take(word, columnFor(dated, word) ?? (i === 0 ? dated[0] : undefined));
  });
  for (const word of counts)
    take(
      word,
      columnFor(columns, word, ({ numbers }) => numbers !== undefined),
    );
  return entries;
}

/** `subscription_id` is no plan, `status_id` no status where there is a better one. */
function isNoId(column: ColumnProfile): boolean {
  return !means(column.words, "anyId") || means(column.words, "ticket");
}

function eventColumns(columns: readonly ColumnProfile[]): Entry[] {
  const time = columns.find(({ dates }) => dates !== undefined);
  const named = (["session", "page", "event"] as const).flatMap((word) => {
    const column = columnFor(columns, word);
    return column === undefined ? [] : [{ key: word, value: column.name }];
  });
  return [{ key: "time", value: time?.name ?? "" }, ...named];
}
