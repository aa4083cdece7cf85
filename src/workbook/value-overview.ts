import type { SegmentOverview } from "../segments/segment-card.js";
import type { WorkbookValue } from "./value-segments.js";

/** The overview with each segment's share of the value ahead on its card; as it was where there is no value. */
export function overviewWithValue(overview: SegmentOverview, value: WorkbookValue | null): SegmentOverview {
  if (value === null) return overview;
  const shares = new Map(value.shown.map(({ key, share }) => [key, share]));
  return {
    ...overview,
    cards: overview.cards.map((card) => {
      const valueShare = shares.get(card.key);
      return valueShare === undefined ? card : { ...card, valueShare };
    }),
  };
}
