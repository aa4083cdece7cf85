import { InputError } from "../core/errors.js";
import type { CampaignResponse } from "../segments/campaign-response.js";
import { type BestCampaigns, bestCampaigns, type CampaignOutlook } from "../value/best-campaigns.js";
import { respondedCampaigns } from "./behaviour.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/** The next campaign for each segment, or why it cannot be told. */
export interface NextCampaigns {
  /** What each segment did with each campaign; null without a campaign source. */
  readonly response: CampaignResponse | null;
  readonly best: BestCampaigns | null;
  /** One sentence; empty where there is an answer. */
  readonly reason: string;
}

/**
 * Which campaign is next for each segment of a workbook, claimed only where past response carries it.
 *
 * @see bestCampaigns
 */
export async function nextCampaigns(book: Workbook, found: Segmentation): Promise<NextCampaigns> {
  const response = await respondedCampaigns(book, found);
  const none = (reason: string): NextCampaigns => ({ response, best: null, reason: `Campaigns: ${reason}.` });
  if (response === null) return none("no campaign source was given");
  if (response.campaigns.length < 2) return none("fewer than two were sent, so none can be the better one");
  try {
    return { response, best: bestCampaigns(response), reason: "" };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return none("fewer than two reached customers of whom some, not all, bought");
  }
}

/** What is known of the campaign that did best in a segment, claimed or not; null where none reached it. */
export function outlookOf(best: BestCampaigns, key: string): CampaignOutlook | null {
  const segment = best.segments.find((one) => one.key === key);
  const reached = segment?.outlook.filter(({ pooled, reached: count }) => pooled !== null && count > 0) ?? [];
  return reached.reduce<CampaignOutlook | null>(
    (first, one) => (first === null || one.chanceBest > first.chanceBest ? one : first),
    null,
  );
}
