import { checkNumber } from "../core/check.js";
import { InputError, RunError } from "../core/errors.js";
import { numberText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import { adjustPValues } from "../inference/adjust-p-values.js";
import { chiSquareTest } from "../inference/chi-square-test.js";
import type { CampaignResponse } from "../segments/campaign-response.js";
import type { SegmentLabel } from "../segments/profile.js";
import { chancesBest } from "./chances-best.js";
import { type PooledRate, poolRates } from "./pool-rates.js";
import { type ThreeWayInteraction, testThreeWayInteraction } from "./three-way-interaction.js";

/** What one segment can be expected to do with one campaign. */
export interface CampaignOutlook {
  readonly campaign: string;
  readonly reached: number;
  readonly converted: number;
  /** Conversion rate drawn towards that of the campaign in all segments; null where no segment got the campaign. */
  readonly pooled: PooledRate | null;
  /** Chance that it converts this segment best of all campaigns, 0…1. */
  readonly chanceBest: number;
}

/** The next campaign for one segment. */
export interface SegmentCampaign extends SegmentLabel {
  readonly outlook: readonly CampaignOutlook[];
  /** p-value that campaigns differ in this segment, Holm over segments; null where it cannot be asked. */
  readonly pValue: number | null;
  /** The campaign that can be claimed best for this segment; null where nothing can. */
  readonly winner: string | null;
  /** Conversions per 100 customers lost when this segment gets the best campaign for all. */
  readonly regret: number;
}

/** Which campaign is next, for all and for each segment, and whether segments differ in that at all. */
export interface BestCampaigns {
  /** The campaign with the highest rate over all segments; null where campaigns do not differ beyond chance. It need not differ from the second. */
  readonly forAll: string | null;
  /** p-value that campaigns differ over all segments; null where nobody converted, or everybody. */
  readonly pValue: number | null;
  /** Whether segments answer to campaigns in different ways; null where it cannot be asked. */
  readonly interaction: ThreeWayInteraction | null;
  readonly segments: readonly SegmentCampaign[];
  readonly notes: readonly string[];
}

/**
 * The best next campaign for each segment, claimed only where the data carry it.
 *
 * A segment of its own wins a campaign where segments answer differently at all (three-way test), its campaigns differ (χ², Holm
 * over segments), and the campaign is best with a chance of at least `certainty`. Each customer and campaign counts for itself, which is
 * cautious where the same customers buy from several. Past response without a holdout is no effect
 * of a campaign: who got it may have been chosen. O(segments · campaigns).
 *
 * @param options - `alpha` of the tests, default 0.05; `certainty`, default 0.95.
 * @throws InputError if fewer than two campaigns reached anybody.
 */
export function bestCampaigns(
  response: CampaignResponse,
  options: { readonly alpha?: number; readonly certainty?: number } = {},
): BestCampaigns {
  const { alpha = 0.05, certainty = 0.95 } = options;
  checkNumber("bestCampaigns", "alpha", alpha, 1e-9, 0.5);
  checkNumber("bestCampaigns", "certainty", certainty, 0.5, 1);
  const table = tableOf(response);
  const { segments, campaigns } = table;
  const reaching = campaigns.filter((_, c) => response.totals[c]!.reached > 0).length;
  if (reaching < 2)
    throw new InputError(`bestCampaigns: campaigns must be two that reached customers, got ${reaching}`);
  const pooled = campaigns.map((_, c) => poolCampaign(table, c));
  const overall = differTest(campaigns.map((_, c) => totalOf(response, c)));
  const interaction = interactionOf(table);
  const bestForAll = argMax(campaigns.map((_, c) => rateOf(totalOf(response, c))));
  const pValues = adjusted(segments.map((_, s) => differTest(campaigns.map((_, c) => table.cell(s, c)))));
  const mayDiffer = interaction !== null && interaction.pValue < alpha;
  return {
    forAll: overall !== null && overall < alpha ? campaigns[bestForAll]! : null,
    pValue: overall,
    interaction,
    segments: segments.map((segment, s) => {
      const rates = pooled.map((rated) => rated?.[s] ?? null);
      const chances = chancesBest(rates);
      const best = argMax(chances);
      const pValue = pValues[s]!;
      const isClaimed = mayDiffer && pValue !== null && pValue < alpha && chances[best]! >= certainty;
      const outlook = campaigns.map((campaign, c) => ({
        campaign,
        ...countsOf(table.cell(s, c)),
        pooled: rates[c]!,
        chanceBest: chances[c]!,
      }));
      const highest = Math.max(...rates.map((rate) => rate?.rate ?? 0));
      return {
        ...segment,
        outlook,
        pValue,
        winner: isClaimed ? campaigns[best]! : null,
        regret: 100 * Math.max(0, highest - (rates[bestForAll]?.rate ?? 0)),
      };
    }),
    notes: notesOn(table, interaction, alpha),
  };
}

interface Cell {
  readonly successes: number;
  readonly total: number;
}

interface Table {
  readonly segments: readonly SegmentLabel[];
  readonly campaigns: readonly string[];
  readonly cell: (segment: number, campaign: number) => Cell;
}

function tableOf({ cells, campaigns }: CampaignResponse): Table {
  if (campaigns.length < 2)
    throw new InputError(`bestCampaigns: campaigns must be at least 2, got ${campaigns.length}`);
  const segments = cells
    .filter((_, i) => i % campaigns.length === 0)
    .map(({ segment, name }) => ({ key: segment, name }));
  return {
    segments,
    campaigns,
    cell: (s, c) => {
      const { reached, converted } = cells[s * campaigns.length + c]!;
      return { successes: converted.count, total: reached };
    },
  };
}

function totalOf({ totals }: CampaignResponse, campaign: number): Cell {
  const { reached, converted } = totals[campaign]!;
  return { successes: converted.count, total: reached };
}

const countsOf = ({ successes, total }: Cell) => ({ reached: total, converted: successes });
const rateOf = ({ successes, total }: Cell) => (total === 0 ? 0 : successes / total);

function poolCampaign({ segments, cell }: Table, campaign: number): readonly PooledRate[] | null {
  const groups = segments.map((_, s) => cell(s, campaign));
  return groups.some(({ total }) => total > 0) ? poolRates(groups).rates : null;
}

/** p-value that rates differ; null where fewer than two campaigns reached anybody, or all or none converted. */
function differTest(cells: readonly Cell[]): number | null {
  const seen = cells.filter(({ total }) => total > 0);
  const converted = sum(seen.map(({ successes }) => successes));
  const reached = sum(seen.map(({ total }) => total));
  if (seen.length < 2 || converted === 0 || converted === reached) return null;
  return chiSquareTest(seen.map(({ successes, total }) => [successes, total - successes])).pValue;
}

function interactionOf({ segments, campaigns, cell }: Table): ThreeWayInteraction | null {
  try {
    return testThreeWayInteraction(
      segments.map((_, s) => campaigns.map((_, c) => cell(s, c).successes)),
      segments.map((_, s) => campaigns.map((_, c) => cell(s, c).total - cell(s, c).successes)),
    );
  } catch (error) {
    if (error instanceof InputError || error instanceof RunError) return null;
    throw error;
  }
}

function adjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const asked = adjustPValues(
    pValues.filter((value) => value !== null),
    "holm",
  );
  let next = 0;
  return pValues.map((value) => (value === null ? null : asked[next++]!));
}

function argMax(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function notesOn(
  { segments, campaigns, cell }: Table,
  interaction: ThreeWayInteraction | null,
  alpha: number,
): string[] {
  const unsent = segments.flatMap(({ name }, s) =>
    campaigns.filter((_, c) => cell(s, c).total === 0).map((campaign) => `${campaign} to ${name}`),
  );
  return [
    "Past response is not the effect of a campaign: without customers who were left out at random, nobody knows who would have bought anyway.",
    ...(interaction === null
      ? [
          "Whether segments answer differently cannot be asked: too few conversions, or too few customers reached.",
        ]
      : interaction.pValue >= alpha
        ? [
            `Segments do not answer to campaigns in ways of their own beyond chance (p = ${numberText(interaction.pValue)}): one campaign for all is as good as the data know.`,
          ]
        : []),
    ...(unsent.length === 0
      ? []
      : [`Never sent: ${unsent.join("; ")}. Their rates are those of the campaign elsewhere.`]),
  ];
}
