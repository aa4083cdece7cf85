import { countText, moneyText, numberText, percentText } from "../core/number-text.js";
import type { ActionRow } from "../tables/value-tables.js";
import type { NamedSegment } from "./named-segment.js";
import { type NextCampaigns, outlookOf } from "./value-campaigns.js";
import type { SegmentOpportunities } from "./value-opportunities.js";
import { leadOf, type ProductLeads } from "./value-products.js";
import type { ShownValue, WorkbookValue } from "./value-segments.js";

/** All that actions are drawn from; each part may be missing. */
export interface ActionParts {
  readonly value: WorkbookValue | null;
  readonly campaigns: NextCampaigns;
  readonly products: ProductLeads;
  readonly opportunities: SegmentOpportunities;
}

/** What each segment is worth, risks, answers, buys and could become, and what to do: a row each, in the order of the segments. */
export function segmentActions(segments: readonly NamedSegment[], parts: ActionParts): readonly ActionRow[] {
  return segments.map((segment) => {
    const own = parts.value?.shown.find(({ key }) => key === segment.key);
    return {
      name: segment.name,
      size: segment.size,
      worth: own && parts.value ? worthText(own, parts.value) : "",
      risk: own && parts.value ? riskText(own, parts.value) : "",
      campaign: campaignText(segment.key, parts.campaigns),
      product: productText(segment.key, parts.products),
      opportunity: opportunityText(segment.key, parts.opportunities),
      action: [segment.action ?? "Not decided yet", own && parts.value ? contactText(own, parts) : ""]
        .filter(Boolean)
        .map((text) => text.replace(/[.]?$/, "."))
        .join(" "),
    };
  });
}

function worthText({ total, share, mean }: ShownValue, { currency }: WorkbookValue): string {
  return `${percentText(share)}: ${moneyText(total, currency)}, ${moneyText(mean ?? 0, currency)} each`;
}

function riskText({ stopped, size, atStake }: ShownValue, { currency }: WorkbookValue): string {
  if (stopped < 0.5) return "nobody seems to have stopped";
  return `${percentText(stopped / size)} have probably stopped; ${moneyText(atStake, currency)} at stake`;
}

function campaignText(key: string, { best }: NextCampaigns): string {
  if (best === null) return "";
  const winner = best.segments.find((segment) => segment.key === key)?.winner ?? null;
  const outlook = outlookOf(best, key);
  if (outlook === null) return "none was sent";
  const rate = `${percentText(outlook.pooled!.rate)} bought; best with a chance of ${percentText(outlook.chanceBest)}`;
  return winner === null
    ? `no difference shown; so far ${outlook.campaign}: ${rate}`
    : `${outlook.campaign}: ${rate}`;
}

function productText(key: string, { affinity }: ProductLeads): string {
  if (affinity === null) return "";
  const lead = leadOf(affinity, key);
  return lead === null
    ? "nothing clearly more than others"
    : `${lead.item}, ${numberText(lead.pooledLift!)} × as likely`;
}

function opportunityText(key: string, { ranked }: SegmentOpportunities): string {
  const own = ranked?.find((one) => one.key === key);
  if (!own) return "";
  return `${countText(own.rank)} of ${countText(ranked!.length)}; ${own.shareOnTop === 0 ? "first under no weighting" : `first under ${percentText(own.shareOnTop)} of weightings`}`;
}

/** What one contact with the next campaign earns at most, or what keeping a customer may cost; empty where no price is declared. */
function contactText(own: ShownValue, { value, campaigns }: ActionParts): string {
  const { config, valuation, labels, segments, currency, unit } = value!;
  if (own.stopped / own.size > 0.5 && own.stopped >= 0.5)
    return `Winning one back may cost ${moneyText(own.atStake / own.stopped, currency)} at most`;
  const outlook = campaigns.best && outlookOf(campaigns.best, own.key);
  if (config.contactCost === undefined || !outlook?.pooled || unit === "revenue") return "";
  const label = segments.findIndex(({ key }) => key === own.key);
  const spend = valuation.spend.filter((_, i) => labels[i] === label);
  const purchase = (config.margin! * spend.reduce((all, amount) => all + amount, 0)) / spend.length;
  const gain = outlook.pooled.rate * purchase - config.contactCost;
  const price = moneyText(config.contactCost, currency);
  return gain > 0
    ? `A contact at ${price} earns ${moneyText(gain, currency)} at most`
    : `A contact at ${price} does not pay: it brings ${moneyText(outlook.pooled.rate * purchase, currency)} at most`;
}
