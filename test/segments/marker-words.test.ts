import assert from "node:assert/strict";
import { test } from "node:test";
import type { Feature } from "#src/core/feature.js";
import { markerInWords } from "#src/segments/marker-words.js";
import type { Marker } from "#src/segments/profile.js";
import { numberColumn } from "../customer-tables.js";

function marker(
  feature: Partial<Feature> & { name: string },
  value: number,
  total: number,
  other: Partial<Marker> = {},
): Marker {
  return {
    feature: numberColumn(feature.name, [0], feature).feature,
    category: null,
    direction: value > total ? "above" : "below",
    value,
    total,
    median: value,
    index: (100 * value) / total,
    strength: 1,
    vTest: 3,
    ...other,
  };
}

test("well-known features are said as a person would", () => {
  const said = [
    marker({ name: "order_count", unit: "orders" }, 12.1, 5),
    marker({ name: "order_count", unit: "orders" }, 2, 5),
    marker({ name: "spend", unit: "EUR" }, 130, 100),
    marker({ name: "average_order_value", unit: "EUR per order" }, 90, 50),
    marker({ name: "age", unit: "years" }, 58, 46),
    marker({ name: "recency_days", unit: "days" }, 12, 93),
    marker({ name: "share_of_spend_eco", unit: "share 0–1" }, 0.5, 0.1),
    marker({ name: "categories_bought", unit: "categories" }, 2, 4),
    marker({ name: "web_sessions", unit: "sessions" }, 30, 10),
  ].map(markerInWords);
  assert.deepEqual(said, [
    "buys 2.4 × as often",
    "buys 60 % less often",
    "spends 30 % more",
    "baskets 1.8 × as large",
    "12 years older than average",
    "last bought 81 days more recently than average",
    "buys 5 × as much from the eco range",
    "buys 50 % fewer categories",
    "visits the web site 3 × as often",
  ]);
});

test("any other feature is said with its label, unit and both figures", () => {
  assert.equal(
    markerInWords(marker({ name: "return_share", label: "Share returned", unit: "share 0–1" }, 0.141, 0.06)),
    "Share returned: 14.1 % against 6 %",
  );
  assert.equal(
    markerInWords(marker({ name: "values_price", label: "Price first", unit: "score 1–5" }, 4.44, 3.1)),
    "Price first: 4.44 against 3.1 (score 1–5)",
  );
  assert.equal(
    markerInWords(marker({ name: "x", label: "Visits", unit: "visits" }, 9, 3)),
    "Visits: 3 × the average",
  );
  assert.equal(
    markerInWords(marker({ name: "b", label: "Balance $& <b>", unit: "EUR" }, -5, 20, { index: null })),
    "Balance $& <b>: 25 EUR below average",
  );
  assert.equal(
    markerInWords(marker({ name: "region", label: "Region" }, 0.68, 0.24, { category: "north" })),
    "Region north: 68 % against 24 %",
  );
});
