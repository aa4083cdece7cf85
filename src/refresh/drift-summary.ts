import { listForMessage } from "../core/check.js";
import { countText } from "../core/number-text.js";
import type { RefreshRecord } from "./refresh-record.js";

/** What drifted between two dates, one sentence each, the features first; none where nothing did. */
export function driftSummary({
  drift,
  mix,
  classifier,
}: Pick<RefreshRecord, "drift" | "mix" | "classifier">): readonly string[] {
  const features = drift?.features ?? [];
  const drifting = features.filter(({ isDrifting }) => isDrifting).map(({ label }) => label);
  const [one] = features.filter(({ isDrifting }) => isDrifting);
  return [
    ...(drifting.length === 1 ? [one!.sentence] : []),
    ...(drifting.length > 1
      ? [
          `${countText(drifting.length)} of ${countText(features.length)} features drifted: ${listForMessage(drifting)}.`,
        ]
      : []),
    ...(mix?.isDrifting ? [mix.sentence] : []),
    ...(classifier?.isDrifting ? [classifier.sentence] : []),
  ];
}
