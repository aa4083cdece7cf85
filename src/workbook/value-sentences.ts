import { countText, moneyText, numberText, percentText } from "../core/number-text.js";
import { sum } from "../core/sum.js";
import type { Opportunity } from "../value/rank-opportunities.js";
import { saveList } from "../value/value-by-segment.js";
import type { NextCampaigns } from "./value-campaigns.js";
import type { SegmentOpportunities } from "./value-opportunities.js";
import { leadOf, type ProductLeads } from "./value-products.js";
import type { WorkbookValue } from "./value-segments.js";

/** What all customers will bring, and how few of them hold how much of it. */
export function worthSentence(value: WorkbookValue): string {
  const { valuation, concentration, currency, unit, config } = value;
  const total = moneyText(sum(valuation.values), currency);
  const undeclared = unit === "revenue" ? " (no margin is declared)" : "";
  const alone =
    concentration.largest >= 0.1
      ? ` One customer alone holds ${percentText(concentration.largest)}: figures by segment hang on that one.`
      : "";
  return `Customers are expected to bring ${total} of ${unit}${undeclared} in the next ${countText(config.horizonDays)} days, discounted at ${percentText(config.discountRate)} a year; the most valuable fifth of them holds ${percentText(concentration.topFifth)}.${alone}`;
}

/** How many have probably stopped, what that may cost, and for how many saving pays. */
export function riskSentence(value: WorkbookValue): string {
  const { valuation, labels, segments, currency, config } = value;
  const stopped = sum(valuation.alive.map((alive) => 1 - alive));
  const all = saveList(valuation, labels, segments, 0);
  const atStake = sum(all.map((customer) => customer.atStake));
  if (stopped < 0.5)
    return `Of ${countText(valuation.keys.length)} customers nobody seems to have stopped buying.`;
  const said = `Of ${countText(valuation.keys.length)} customers ${countText(stopped)} have probably stopped; with them ${moneyText(atStake, currency)} are at stake, the most that keeping or winning them back may cost.`;
  if (config.savingCost === undefined) return said;
  const paying = saveList(valuation, labels, segments, config.savingCost);
  const price = moneyText(config.savingCost, currency);
  return paying.length === 0
    ? `${said} At ${price} each it pays for nobody.`
    : `${said} At ${price} each it can pay for ${countText(paying.length)} customers at most.`;
}

/** Whether segments answer to campaigns in ways of their own, and what one campaign for all would cost. */
export function campaignSentence({ best }: NextCampaigns): string {
  if (best === null) return "";
  const winners = best.segments.filter(({ winner }) => winner !== null);
  const { interaction, forAll } = best;
  const caution = "Past response is no effect: a group left out at random would show that.";
  if (winners.length === 0) {
    const common =
      forAll === null
        ? "no campaign is shown to be better than another"
        : `“${forAll}” did best over all of them`;
    const own =
      interaction === null
        ? "cannot be told apart"
        : "are not shown to answer to campaigns in ways of their own";
    return `Segments ${own}, and ${common}. ${caution}`;
  }
  const worst = winners.reduce((a, b) => (b.regret > a.regret ? b : a));
  const lost =
    forAll !== null && worst.regret >= 0.05
      ? ` Sending “${forAll}” to everybody would lose up to ${numberText(worst.regret)} buyers per 100 contacts, in “${worst.name}”.`
      : "";
  return `Segments answer to campaigns in ways of their own (p ${pText(interaction!.pValue)}), and ${countText(winners.length)} of ${countText(best.segments.length)} have a campaign that did best there.${lost} ${caution}`;
}

/** What stands out most in what segments buy. */
export function productSentence(
  { affinity, items }: ProductLeads,
  segments: WorkbookValue["segments"],
): string {
  if (affinity === null) return "";
  const leads = segments.flatMap(({ key }) => leadOf(affinity, key) ?? []);
  if (leads.length === 0)
    return `No segment is shown to buy any ${items} more than customers who buy as broadly.`;
  const first = leads.reduce((a, b) => (b.pooledLift! > a.pooledLift! ? b : a));
  return `“${first.name}” are ${numberText(first.pooledLift!)} × as likely to buy ${first.item} as customers who buy as broadly (${countText(first.buyers)} of ${countText(first.customers)} did); ${countText(leads.length)} of ${countText(segments.length)} segments have a ${items} of their own.`;
}

/** Who could be served better, and how far that hangs on the weights. */
export function opportunitySentence({ ranked }: SegmentOpportunities): string {
  if (ranked === null) return "";
  const [first, second] = ranked as readonly [Opportunity, Opportunity];
  const often = ranked.reduce((a, b) => (b.shareOnTop > a.shareOnTop ? b : a));
  const said = `Under the declared weights “${first.name}” are the first opportunity, before “${second.name}”`;
  if (often.shareOnTop > first.shareOnTop)
    return `${said}; other weights could say otherwise: under all weightings “${often.name}” come first in ${percentText(often.shareOnTop)}, “${first.name}” in ${percentText(first.shareOnTop)}.`;
  return first.shareOnTop >= 0.5
    ? `${said}, and stay first under ${percentText(first.shareOnTop)} of all weightings.`
    : `${said}; they come first under ${percentText(first.shareOnTop)} of all weightings, more than any other.`;
}

function pText(pValue: number): string {
  return pValue < 0.001 ? "below 0.001" : `= ${numberText(pValue)}`;
}
