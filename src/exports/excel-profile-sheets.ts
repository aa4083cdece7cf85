import { shareUnit } from "../segments/profile-markers.js";
import type { FeatureFact, SegmentFacts } from "../segments/segment-facts.js";
import { type NumberStyle, notShown, type Sheet, type SheetCell } from "./excel-sheet.js";

/** Means of numbers and shares of categories, a row each. */
export function profileSheet({ features, segments }: SegmentFacts): Sheet {
  return factSheet("Profile", segments, features, (figures, fact) => {
    if (fact.kind === "category") return styled("share" in figures ? figures.share : null, "percent");
    return styled("mean" in figures ? figures.mean : null, fact.unit === shareUnit ? "percent" : "number");
  });
}

/** The value of the customer in the middle. */
export function mediansSheet({ features, segments }: SegmentFacts): Sheet {
  const numbers = features.filter(({ kind }) => kind === "number");
  return factSheet("Medians", segments, numbers, (figures, fact) =>
    styled("median" in figures ? figures.median : null, fact.unit === shareUnit ? "percent" : "number"),
  );
}

/** All customers = 100. */
export function indexSheet({ features, segments }: SegmentFacts): Sheet {
  return factSheet("Index", segments, features, ({ index }) => styled(index, "index"));
}

/** Customers whose value is known, or who are of the category. */
export function countsSheet({ features, segments }: SegmentFacts): Sheet {
  return factSheet("Counts", segments, features, (figures) =>
    styled("known" in figures ? figures.known : figures.count, "count"),
  );
}

function styled(value: number | null, style: NumberStyle): SheetCell {
  return value === null ? "" : { value, style };
}

type Figures = FeatureFact["all"];

function factSheet(
  name: string,
  segments: SegmentFacts["segments"],
  facts: readonly FeatureFact[],
  cellOf: (figures: Figures, fact: FeatureFact) => SheetCell,
): Sheet {
  return {
    name,
    columns: [
      { name: "Feature", width: 34 },
      { name: "Category", width: 18 },
      { name: "Unit", width: 18 },
      { name: "Role", width: 11 },
      { name: "All", width: 13 },
      ...segments.map((segment) => ({ name: segment.name, width: 15 })),
    ],
    rows: facts.map((fact) => [
      fact.label,
      fact.kind === "category" ? fact.category : "",
      fact.kind === "category" ? "share" : fact.unit,
      fact.role,
      cellOf(fact.all, fact),
      ...fact.segments.map((figures) => (figures === null ? notShown : cellOf(figures, fact))),
    ]),
  };
}
