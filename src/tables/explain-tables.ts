import type { DisplayTable } from "../charts/figure.js";
import { countText, percentText } from "../core/number-text.js";
import type { SegmentEvaluations } from "../segments/evaluate-segments.js";
import type { SegmentExplanation } from "../segments/explain-segments.js";
import type { Profile } from "../segments/profile.js";

/** The rules of each segment as sentences, with how well they find it. */
export function rulesTable(explanation: SegmentExplanation): DisplayTable {
  const { segments, baseline, fidelity, notes } = explanation;
  return {
    kind: "table",
    caption: "The segments in a few rules",
    columns: [
      { name: "Segment" },
      { name: "Rules" },
      { name: "Found", unit: "%", digits: 0 },
      { name: "Right", unit: "%", digits: 0 },
    ],
    rows: segments.map(({ name, rules, recall, precision }) => [
      name,
      rules.length === 0
        ? "no rule of this size leads here"
        : rules.map(({ words, customers }) => `${words} (${countText(customers)})`).join("; or "),
      recall === null ? null : 100 * recall,
      precision === null ? null : 100 * precision,
    ]),
    note: [
      `Found: share of the segment that its rules find. Right: share of those found who belong to it. In all ${percentText(fidelity)} agree; putting everybody into the largest segment would give ${percentText(baseline)}. The rules explain the segments, they do not define them.`,
      ...notes,
    ].join(" "),
  };
}

/** What lies farthest from all customers in each segment, against chance: v-tests as a ranking. */
export function vTestsTable(profile: Profile, limit: number = 5): DisplayTable {
  return {
    kind: "table",
    caption: "What is least like all customers, by v-test",
    columns: [{ name: "Segment" }, { name: "Above all customers" }, { name: "Below all customers" }],
    rows: profile.segments.map((segment) => {
      const ranked = segment.features
        .filter((own) => own.known >= profile.smallestGroup && (own.kind === "category" || own.isShown))
        .flatMap((own) =>
          own.kind === "number"
            ? [{ name: own.feature.label, value: own.vTest }]
            : own.categories
                .filter(({ isShown }) => isShown)
                .map(({ category, vTest }) => ({ name: `${own.feature.label} ${category}`, value: vTest })),
        )
        .filter(
          (one): one is { name: string; value: number } => one.value !== null && Math.abs(one.value) >= 2,
        )
        .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
      const listed = (some: typeof ranked): string =>
        some
          .slice(0, limit)
          .map(({ name, value }) => `${name} (${value.toFixed(1).replace("-", "−")})`)
          .join("; ") || "nothing";
      return [
        segment.name,
        listed(ranked.filter(({ value }) => value > 0)),
        listed(ranked.filter(({ value }) => value < 0)),
      ];
    }),
    note: `The ${limit} farthest each way, beyond ±2. A v-test is the distance from all customers in standard deviations of the mean of so many drawn by chance. Features that formed the segments lead by construction: a ranking, not a test.`,
  };
}

/** Each segment against each knock-out criterion, and each rating. */
export function evaluationTable({ segments, notes }: SegmentEvaluations): DisplayTable {
  return {
    kind: "table",
    caption: "Every criterion, segment by segment",
    columns: [{ name: "Criterion" }, ...segments.map(({ name }) => ({ name }))],
    rows: [
      ...(segments[0]?.knockOuts ?? []).map(({ name }, i) => [
        name,
        ...segments.map(({ knockOuts }) => {
          const { passed, words } = knockOuts[i]!;
          return `${passed === null ? "open" : passed ? "yes" : "no"}: ${words}`;
        }),
      ]),
      ...(segments[0]?.parts ?? []).map(({ criterion, side, weight }, i) => [
        `${criterion} (${side}, weight ${percentText(weight)})`,
        ...segments.map(({ parts }) => {
          const { rating, words } = parts[i]!;
          return rating === null ? words : `${rating.toFixed(1)} of 10: ${words}`;
        }),
      ]),
    ],
    ...(notes.length > 0 && { note: notes.join(" ") }),
  };
}
