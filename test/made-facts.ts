import type { Definition } from "#src/segments/definition.js";
import { profileFacts } from "#src/segments/profile-facts.js";
import { profileSegments } from "#src/segments/profile-segments.js";
import type { SegmentFacts } from "#src/segments/segment-facts.js";
import { categoryColumn, numberColumn, tableOf } from "./customer-tables.js";
import { madeDefinition } from "./made-definitions.js";
import { madeOverview } from "./report/made-report.js";

/** A definition with made-up facts of its segments, of the shape and size of the real thing. */
export function madeFacts(): { readonly definition: Definition; readonly facts: SegmentFacts } {
  const made = madeDefinition(4);
  const { cards } = madeOverview;
  const segment = made.segments[0]!;
  const definition: Definition = {
    ...made,
    createdFor: "2026-03-31",
    segments: cards.map(({ key, name, size, verdict }) => ({ ...segment, key, name, size, verdict })),
    model: { kind: "kmeans-lattice", centres: cards.map((_, i) => made.recipe.steps.map(() => i << 20)) },
  };
  const labels = cards.flatMap(({ size }, j) => Array.from({ length: Math.round(size / 10) }, () => j));
  const table = tableOf(
    numberColumn(
      "age",
      labels.map((label, row) => 20 + 8 * label + (row % 7)),
      { unit: "years", role: "basis" },
    ),
    numberColumn(
      "spend",
      labels.map((label, row) => 1000 / (1 + label) + (row % 50)),
      { unit: "EUR" },
    ),
    categoryColumn(
      "region",
      labels.map((label, row) => ["north", "south", "west"][(row * (label + 2)) % 3]!),
    ),
  );
  const profile = profileSegments(table, labels, { segments: cards, moneyFeature: "spend" });
  const facts: SegmentFacts = {
    fingerprint: definition.fingerprint,
    overview: { ...madeOverview, fingerprint: definition.fingerprint },
    revenueOf: "spend",
    segments: profile.segments.map(({ features: _, ...own }, j) => ({
      ...own,
      markers: cards[j]!.markers,
      rule: { words: ["spend > 500 and age ≤ 40", "spend > 900"], found: 0.92, right: 0.88 },
      buys: [
        { category: "Kids", share: 0.24, index: 207 },
        { category: "Outlet", share: 0.01, index: 18 },
      ],
    })),
    features: profileFacts(profile),
    smallestGroup: 10,
    hidden: 0,
    privacy: { minimumCell: 10, allow: [] },
  };
  return { definition, facts };
}
