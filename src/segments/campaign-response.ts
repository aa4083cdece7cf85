import { checkLabels } from "../core/check-labels.js";
import type { Interval } from "../inference/test-result.js";
import { wilsonInterval } from "../inference/wilson-interval.js";
import type { SegmentLabel } from "./profile.js";

/** What one customer got from one campaign, and did. Several rows of one customer and campaign are joined. */
export interface CampaignRow {
  readonly customer: string;
  readonly campaign: string;
  readonly sent: number;
  readonly opened: number;
  readonly clicked: number;
  readonly converted: number;
}

/** A share of customers with its interval. */
export interface Rate {
  readonly count: number;
  readonly total: number;
  /** 0–1; null where `total` is 0. */
  readonly rate: number | null;
  /** Wilson; null where `total` is 0. */
  readonly interval: Interval | null;
}

/** How one segment, or all together, answered one campaign. Shares are of the customers who got it. */
export interface CampaignCell {
  /** Segment key; "all" for everyone in a segment. */
  readonly segment: string;
  readonly name: string;
  readonly campaign: string;
  readonly reached: number;
  readonly opened: Rate;
  readonly clicked: Rate;
  readonly converted: Rate;
}

export interface CampaignResponse {
  /** In code-unit order. */
  readonly campaigns: readonly string[];
  /** One per segment and campaign: segments in order, campaigns in order. */
  readonly cells: readonly CampaignCell[];
  /** One per campaign, over all segments. */
  readonly totals: readonly CampaignCell[];
  readonly notes: readonly string[];
}

/** Which customer is in which segment. */
export interface SegmentMembership {
  readonly keys: readonly string[];
  /** Shape (nKeys,), 0…segments − 1, −1 for in no segment. */
  readonly labels: ArrayLike<number>;
  /** Key and name of each segment, in label order. */
  readonly segments: readonly SegmentLabel[];
}

/**
 * What each segment opens, clicks and converts, campaign by campaign, with intervals.
 *
 * A customer counts once for a campaign: reached with `sent` above 0, opened with `opened` above 0, and so on; what a customer
 * who was not sent the campaign did does not count. Rates are 0–1, higher: more of those reached did it. Rows of customers
 * in no segment are left out and counted in the notes. O(rows + segments · campaigns).
 *
 * @param options - `level`: share of such intervals that hold the true rate, above 0.5; default 0.95.
 * @throws InputError if keys and labels differ in length or a label has no segment.
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 */
export function campaignResponse(
  rows: Iterable<CampaignRow>,
  membership: SegmentMembership,
  options: { readonly level?: number } = {},
): CampaignResponse {
  const { keys, labels, segments } = membership;
  checkLabels("campaignResponse", labels, keys.length, segments.length);
  const labelOf = new Map(keys.map((key, i) => [key, labels[i]!]));
  const { answers, strangers } = joinRows(rows, labelOf);
  const campaigns = [...answers.keys()].sort();
  const of = (campaign: string) => [...answers.get(campaign)!.values()];
  const everyone = { key: "all", name: "All customers" };
  return {
    campaigns,
    cells: segments.flatMap((segment, label) =>
      campaigns.map((campaign) => {
        const own = of(campaign).filter((answer) => answer.label === label);
        return cellOf(segment, campaign, { answers: own, level: options.level });
      }),
    ),
    totals: campaigns.map((campaign) =>
      cellOf(everyone, campaign, { answers: of(campaign), level: options.level }),
    ),
    notes: [
      "Without a group that was left alone on purpose, a high rate shows who answers, not what the campaign caused.",
      ...(strangers === 0 ? [] : [`${strangers} rows belong to customers in no segment and are left out.`]),
    ],
  };
}

function cellOf(
  segment: SegmentLabel,
  campaign: string,
  { answers, level }: { readonly answers: readonly Answer[]; readonly level: number | undefined },
): CampaignCell {
  const reached = answers.filter(({ sent }) => sent);
  const rate = (event: "opened" | "clicked" | "converted") =>
    rateOf(reached.filter((answer) => answer[event]).length, reached.length, level);
  return {
    segment: segment.key,
    name: segment.name,
    campaign,
    reached: reached.length,
    opened: rate("opened"),
    clicked: rate("clicked"),
    converted: rate("converted"),
  };
}

interface Answer {
  readonly label: number;
  sent: boolean;
  opened: boolean;
  clicked: boolean;
  converted: boolean;
}

function joinRows(
  rows: Iterable<CampaignRow>,
  labelOf: ReadonlyMap<string, number>,
): { answers: ReadonlyMap<string, ReadonlyMap<string, Answer>>; strangers: number } {
  const answers = new Map<string, Map<string, Answer>>();
  let strangers = 0;
  for (const row of rows) {
    const label = labelOf.get(row.customer) ?? -1;
    if (label < 0) {
      strangers++;
      continue;
    }
    const byCustomer = answers.get(row.campaign) ?? new Map<string, Answer>();
    answers.set(row.campaign, byCustomer);
    const answer = byCustomer.get(row.customer) ?? {
      label,
      sent: false,
      opened: false,
      clicked: false,
      converted: false,
    };
    byCustomer.set(row.customer, answer);
    answer.sent ||= row.sent > 0;
    answer.opened ||= row.opened > 0;
    answer.clicked ||= row.clicked > 0;
    answer.converted ||= row.converted > 0;
  }
  return { answers, strangers };
}

function rateOf(count: number, total: number, level?: number): Rate {
  if (total === 0) return { count, total, rate: null, interval: null };
  return { count, total, rate: count / total, interval: wilsonInterval(count, total, level) };
}
