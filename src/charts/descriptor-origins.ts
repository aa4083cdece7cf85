import { countText, percentText } from "../core/number-text.js";
import { axisTitle, buildFigure } from "./build-figure.js";
import type { Figure } from "./figure.js";
import { plotText } from "./plot-text.js";
import { lightPalette } from "./theme.js";

/** A feature that did not form the segments, and where its difference between them comes from. */
export interface DescriptorOriginView {
  readonly label: string;
  /** Name and size of the effect, 0–1; null where there is none. */
  readonly effect: { readonly name: string; readonly value: number } | null;
  /** own: beyond what the bases imply; inherited: no more than that; none: no difference; null: not decided. */
  readonly origin: "own" | "inherited" | "none" | null;
}

const originWords = {
  own: "own",
  inherited: "inherited",
  none: "no difference",
} as const;

/** Which descriptors differ on their own? How much of each lies between the segments; blue where the bases do not imply it. */
export function descriptorOrigins(tests: readonly DescriptorOriginView[], limit: number = 14): Figure {
  const known = tests.filter(({ effect, origin }) => effect !== null && origin !== null);
  const shown = known.sort((a, b) => shareOf(b) - shareOf(a)).slice(0, limit);
  const words = shown.map((test) => `${percentText(shareOf(test))}, ${originWords[test.origin!]}`);
  const reach = 1.6 * Math.max(1, ...shown.map((test) => 100 * shareOf(test)));
  return buildFigure({
    title: finding(known),
    data: [
      {
        type: "bar",
        orientation: "h",
        x: shown.map((test) => Math.round(1000 * shareOf(test)) / 10),
        y: shown.map((_, i) => i),
        text: words,
        textposition: "outside",
        cliponaxis: false,
        marker: {
          color: shown.map(({ origin }) => (origin === "own" ? lightPalette.accent : lightPalette.band)),
        },
        hovertemplate: "%{text}<extra></extra>",
      },
    ],
    layout: {
      xaxis: {
        title: axisTitle("Between segments, %"),
        range: [0, reach],
        // The room to the right is for words; there is no more than 100 %.
        ...(reach > 100 && { tickvals: [0, 20, 40, 60, 80, 100] }),
      },
      yaxis: {
        tickmode: "array",
        tickvals: shown.map((_, i) => i),
        ticktext: shown.map(({ label }) => plotText(label, 26)),
        range: [shown.length - 0.5, -0.5],
        showgrid: false,
        zeroline: false,
      },
    },
    height: 40 * shown.length + 80,
    table: {
      kind: "table",
      caption: "Where each difference comes from",
      columns: [
        { name: "Feature" },
        { name: "Effect" },
        { name: "Lies between the segments", unit: "%", digits: 1 },
        { name: "Origin" },
      ],
      rows: shown.map((test) => [
        test.label,
        `${test.effect!.name} ${test.effect!.value.toFixed(3)}`,
        100 * shareOf(test),
        originWords[test.origin!],
      ]),
      note: `own: the segments tell more than the features that formed them imply; inherited: no more than that.${shown.length < known.length ? ` The ${countText(shown.length)} largest of ${countText(known.length)}.` : ""}`,
    },
  });
}

/** Cramér's V is a correlation, the other effects are shares of variation: squared, V can stand beside them. */
function shareOf({ effect }: DescriptorOriginView): number {
  if (effect === null) return 0;
  return Math.max(0, effect.name.startsWith("Cramér") ? effect.value ** 2 : effect.value);
}

function finding(known: readonly DescriptorOriginView[]): string {
  const own = known.filter(({ origin }) => origin === "own");
  const inherited = known.filter(({ origin }) => origin === "inherited").length;
  const first = [...own].sort((a, b) => shareOf(b) - shareOf(a))[0];
  if (first === undefined)
    return inherited === 0
      ? "No feature differs between the segments beyond chance"
      : `No feature differs on its own: ${countText(inherited)} ${inherited === 1 ? "differs" : "differ"} by no more than the bases imply`;
  const rest = inherited === 0 ? "" : `; ${countText(inherited)} more by no more than the bases imply`;
  return own.length === 1
    ? `“${first.label}” alone differs beyond what the bases imply${rest}`
    : `${countText(own.length)} features differ beyond what the bases imply, “${first.label}” most${rest}`;
}
