import { countText, numberText } from "../core/number-text.js";
import type { RegionProfile } from "../segments/profile-regions.js";
import type { DisplayTable } from "./figure.js";

/** Which segment stands out most in which region, as a sentence. */
export function regionFinding({ segments, regions, label }: RegionProfile): string {
  const cells = regions.flatMap(({ region, cells: own }) =>
    own.flatMap(({ index, customers }, j) =>
      index === null || index <= 0 ? [] : [{ region, index, customers, name: segments[j]!.name }],
    ),
  );
  const distance = (index: number): number => Math.abs(Math.log(index / 100));
  const farthest = cells.sort((a, b) => distance(b.index) - distance(a.index))[0];
  if (farthest === undefined) return `${label}: too few customers in every region to say where segments live`;
  if (Math.round(farthest.index) === 100)
    return `${label}: no segment lives anywhere more often than another`;
  const often =
    farthest.index >= 100
      ? `${numberText(Number((farthest.index / 100).toPrecision(2)))} × as often as all customers`
      : `${numberText(Math.round(100 - farthest.index))} % less often than all customers`;
  return `“${farthest.name}” live in ${farthest.region} ${often}`;
}

/** Index of each region by segment. */
export function regionTable(profile: RegionProfile, notes: readonly string[] = []): DisplayTable {
  const { segments, regions, label, unknown } = profile;
  const unknownNote = unknown === 0 ? "" : `Of ${countText(unknown)} customers it is not known.`;
  return {
    kind: "table",
    caption: `${label} by segment: index, all customers = 100`,
    columns: [
      { name: label },
      { name: "Customers", digits: 0 },
      ...segments.map(({ name }) => ({ name, digits: 0 })),
    ],
    rows: regions.map(({ region, customers, cells }) => [
      region,
      customers,
      ...cells.map(({ index }) => index),
    ]),
    note: [
      "Share of the segment that lives there over the share of all customers, times 100.",
      unknownNote,
      ...profile.notes,
      ...notes,
    ]
      .filter((note) => note !== "")
      .join(" "),
  };
}
