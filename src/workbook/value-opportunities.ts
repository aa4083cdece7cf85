import { dayNumber } from "../core/calendar-day.js";
import {
  type Opportunity,
  type OpportunityGroup,
  type OpportunityWeights,
  rankOpportunities,
} from "../value/rank-opportunities.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";
import type { NextCampaigns } from "./value-campaigns.js";
import type { WorkbookValue } from "./value-segments.js";

/** Segments by how much more they could be served, or why that cannot be told. */
export interface SegmentOpportunities {
  /** Best first; null where fewer than two segments have a value. */
  readonly ranked: readonly Opportunity[] | null;
  /** Those that were used: a part that no source tells of weighs nothing. */
  readonly weights: OpportunityWeights;
  /** How each part was measured, a sentence each. */
  readonly notes: readonly string[];
  /** One sentence; empty where there is an answer. */
  readonly reason: string;
}

/** Features that hold how content customers are. */
const satisfaction = /satisf|content|nps|csat/i;

/**
 * Which segments could be served better: size, growth, value per customer, how little they are contacted, how little content they are.
 *
 * Growth compares revenue of the last half year with the same half year before.
 *
 * @param declared - Weights of the parts, declared by whoever ranks; a part that no source tells of weighs nothing.
 * @see rankOpportunities
 */
export async function segmentOpportunities(
  book: Workbook,
  found: Segmentation,
  parts: { readonly value: WorkbookValue | null; readonly campaigns: NextCampaigns },
  declared: OpportunityWeights,
): Promise<SegmentOpportunities> {
  const none = (reason: string): SegmentOpportunities => ({
    ranked: null,
    weights: declared,
    notes: [],
    reason,
  });
  const { value, campaigns } = parts;
  if (value === null || value.shown.length < 2)
    return none("Opportunities: fewer than two segments have a value to weigh.");
  const growth = await growthOf(book, value);
  const contacts = contactsOf(campaigns, new Map(found.segments.map(({ key, size }) => [key, size])));
  const content = await contentOf(book, found);
  const most = Math.max(...(contacts?.values() ?? [1]), Number.MIN_VALUE);
  const groups = value.shown.map(
    ({ key, name, size, mean }): OpportunityGroup => ({
      key,
      name,
      size,
      growth: growth.get(key) ?? 0,
      value: mean ?? 0,
      untapped: contacts === null ? 0 : 1 - (contacts.get(key) ?? 0) / most,
      dissatisfied: content === null ? 0 : 1 - (content.shares.get(key) ?? 0.5),
    }),
  );
  const weights = {
    ...declared,
    ...(contacts === null && { untapped: 0 }),
    ...(content === null && { dissatisfied: 0 }),
  };
  return {
    ranked: rankOpportunities(groups, { weights, seed: book.config.segmentation.seed }),
    weights,
    notes: [
      "Growth: revenue of the last 182 days against the same days a year before, as their difference over their sum.",
      contacts === null
        ? "Untapped: no campaign source was given, so it weighs nothing."
        : "Untapped: 1 less the campaigns sent per customer over those of the segment that gets most.",
      content === null
        ? "Dissatisfied: no source asks how content customers are, so it weighs nothing."
        : `Dissatisfied: 1 less the mean of “${content.label}” on its range.`,
    ],
    reason: "",
  };
}

/** (revenue now − a year before) / their sum, −1…1; 0 where both are nothing. */
async function growthOf(
  book: Workbook,
  { summary, labels, segments }: WorkbookValue,
): Promise<Map<string, number>> {
  const until = dayNumber(book.config.asOf)!;
  const within = (from: number, to: number) =>
    `coalesce(sum("amount") FILTER ("date" > DATE '1970-01-01' + ${from} AND "date" <= DATE '1970-01-01' + ${to}), 0)::BIGINT`;
  const rows = await book.engine.rows(
    `SELECT "customer_id", ${within(until - 182, until)} AS "now", ${within(until - 547, until - 365)} AS "before" FROM "transactions" GROUP BY ALL ORDER BY ALL`,
  );
  const labelOf = new Map(summary.keys.map((key, i) => [key, labels[i]!]));
  const sums = segments.map(() => [0, 0] as [number, number]);
  for (const row of rows) {
    const own = sums[labelOf.get(String(row.get("customer_id"))) ?? -1];
    if (own === undefined) continue;
    own[0] += Number(row.get("now"));
    own[1] += Number(row.get("before"));
  }
  return new Map(
    segments.map(({ key }, s) => {
      const [now, before] = sums[s]!.map((amount) => Math.max(0, amount)) as [number, number];
      return [key, now + before === 0 ? 0 : (now - before) / (now + before)];
    }),
  );
}

/** Campaigns sent per customer of each segment; null without campaigns. */
function contactsOf(
  { response }: NextCampaigns,
  sizes: ReadonlyMap<string, number>,
): Map<string, number> | null {
  if (response === null) return null;
  const sent = new Map<string, number>();
  for (const { segment, reached } of response.cells) sent.set(segment, (sent.get(segment) ?? 0) + reached);
  return new Map([...sent].map(([segment, count]) => [segment, count / (sizes.get(segment) ?? 1)]));
}

/** Mean satisfaction of each segment as a share of its range; null where no feature holds it. */
async function contentOf(
  book: Workbook,
  found: Segmentation,
): Promise<{ readonly label: string; readonly shares: ReadonlyMap<string, number> } | null> {
  const table = await book.table();
  const column = table.columns.find(
    ({ kind, feature }) => kind === "number" && satisfaction.test(feature.name),
  );
  if (column?.kind !== "number") return null;
  const known = column.values.filter(Number.isFinite);
  if (known.length === 0) return null;
  const [low, high] = known.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  if (high === low) return null;
  const shares = found.segments.map(({ key }, segment) => {
    const own = column.values.filter((value, i) => found.fit.labels[i] === segment && Number.isFinite(value));
    const mean =
      own.length === 0 ? (low + high) / 2 : own.reduce((all, value) => all + value, 0) / own.length;
    return [key, (mean - low) / (high - low)] as const;
  });
  return { label: column.feature.label, shares: new Map(shares) };
}
