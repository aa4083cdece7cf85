import { listForMessage } from "../core/check.js";
import { countText } from "../core/number-text.js";
import type { RefreshRecord } from "./refresh-record.js";

/** What drifted between two dates, one sentence each, the features first; none where nothing did. */
export function driftSummary({
  drift,
  mix,
  classifier,
}: Pick<RefreshRecord, "drift" | "mix" | "classifier">): readonly string[] {
  const drifting = drift.filter(({ isDrifting }) => isDrifting);
  const labels = drifting.map(({ label }) => label);
  return [
    ...(drifting.length === 1 ? [drifting[0]!.sentence] : []),
    ...(drifting.length > 1
      ? [
          `${countText(drifting.length)} of ${countText(drift.length)} features drifted: ${listForMessage(labels)}.`,
        ]
      : []),
    ...(mix?.isDrifting ? [mix.sentence] : []),
    ...(classifier?.isDrifting ? [classifier.sentence] : []),
  ];
}
