import { type CampaignResponse, type CampaignRow, campaignResponse } from "../segments/campaign-response.js";
import { type CategoryAffinity, categoryAffinity, type ItemPurchase } from "../segments/category-affinity.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/**
 * What each segment opens, clicks and converts, campaign by campaign.
 *
 * @returns null when the workbook has no campaigns.
 */
export async function respondedCampaigns(
  book: Workbook,
  found: Segmentation,
): Promise<CampaignResponse | null> {
  if (book.absentSources.includes("campaigns")) return null;
  const rows = await book.engine.rows(
    `SELECT "customer_id" AS "customer", "campaign", "sent", "opened", "clicked", "converted" FROM "campaigns" ORDER BY ALL`,
  );
  return campaignResponse(
    rows.map((row) => Object.fromEntries(row) as unknown as CampaignRow),
    membership(found),
  );
}

/**
 * What each segment buys, by category, after returns as declared.
 *
 * @returns null when the orders name no category.
 */
export async function boughtCategories(
  book: Workbook,
  found: Segmentation,
): Promise<CategoryAffinity | null> {
  const orders = book.config.sources.find(({ kind }) => kind === "transactions");
  if (!orders?.columns.has("category")) return null;
  const rows = await book.engine.rows(
    `SELECT "customer_id", "category", sum("amount")::BIGINT AS "amount" FROM "transactions" WHERE "category" IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
  const { decimals } = book.config.money;
  const purchases = rows.map(
    (row): ItemPurchase => ({
      customer: String(row.get("customer_id")),
      item: String(row.get("category")),
      amount: Number(row.get("amount")) / 10 ** decimals,
    }),
  );
  return categoryAffinity(purchases, membership(found));
}

function membership(found: Segmentation): Parameters<typeof categoryAffinity>[1] {
  return { keys: found.assignment.keys, labels: found.assignment.labels, segments: found.segments };
}
