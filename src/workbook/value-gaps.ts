import { InputError } from "../core/errors.js";
import { matrixOf } from "../core/matrix.js";
import { countText, percentText } from "../core/number-text.js";
import { smallestCell } from "../core/privacy.js";
import { type AssortmentGap, assortmentGaps } from "../value/assortment-gaps.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/** What each segment buys less of than customers elsewhere who are like it, or why that cannot be told. */
export interface MissedCategories {
  /** Those that are no chance finds and large enough to be shown, the most missing customers first. */
  readonly gaps: readonly AssortmentGap[];
  /** Pairs of segment and category that were looked at. */
  readonly judged: number;
  /** Labels of the traits by which customers are alike. */
  readonly traits: readonly string[];
  readonly notes: readonly string[];
  /** One sentence; empty where there is an answer. */
  readonly reason: string;
}

/**
 * Which categories the segments of a workbook miss, beside customers of other segments with the same traits.
 *
 * @param traits - Features of numbers that say who is alike; those that the workbook has not are left out.
 * @see assortmentGaps
 */
export async function missedCategories(
  book: Workbook,
  found: Segmentation,
  traits: readonly string[],
): Promise<MissedCategories> {
  const none = (reason: string): MissedCategories => ({
    gaps: [],
    judged: 0,
    traits: [],
    notes: [],
    reason: `Gaps: ${reason}.`,
  });
  if (!book.config.sources.find(({ kind }) => kind === "transactions")?.columns?.has("category"))
    return none("no orders that name categories were given");
  const { columns } = await book.table();
  const known = columns.flatMap((column) =>
    column.kind === "number" && traits.includes(column.feature.name) ? [column] : [],
  );
  if (known.length === 0) return none(`no customer has any of ${traits.join(", ")}`);
  const rows = await book.engine.rows(
    `SELECT "customer_id", "category", sum("amount")::BIGINT AS "amount" FROM "transactions"
      WHERE "category" IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
  const purchases = rows.map((row) => ({
    customer: String(row.get("customer_id")),
    item: String(row.get("category")),
    amount: Number(row.get("amount")),
  }));
  const { keys, labels } = found.assignment;
  const membership = { keys, labels, segments: found.segments };
  try {
    const matrix = matrixOf(Object.fromEntries(known.map(({ feature, values }) => [feature.name, values])));
    const { gaps, notes } = assortmentGaps(purchases, membership, matrix);
    const smallest = smallestCell(book.config.privacy);
    const isShown = ({ share, customers, missing, qValue }: AssortmentGap): boolean =>
      qValue < 0.05 && missing >= smallest && Math.round(share * customers) >= smallest;
    return {
      gaps: gaps.filter(isShown),
      judged: gaps.length,
      traits: known.map(({ feature }) => feature.label),
      notes,
      reason: "",
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return none("too few customers are known well enough to say who is alike");
  }
}

/** The largest gap, and how far to trust it. */
export function gapSentence({ gaps, judged }: MissedCategories): string {
  const [first] = gaps;
  if (first === undefined)
    return `Of ${countText(judged)} pairs of segment and category none is shown to be bought less than by customers like them.`;
  const { name, item, share, expected, missing } = first;
  return `${percentText(share)} of “${name}” bought ${item}; of customers elsewhere who are like them ${percentText(expected)} would: ${countText(Math.round(missing))} customers are missing. It is the largest of ${countText(gaps.length)} gaps, and the largest looks larger than it is.`;
}
