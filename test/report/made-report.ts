import { agreement } from "#src/charts/agreement.js";
import { campaignResponse } from "#src/charts/campaign-response.js";
import { categoryIndex } from "#src/charts/category-index.js";
import { clusterCount } from "#src/charts/cluster-count.js";
import { correlation } from "#src/charts/correlation.js";
import { dendrogram } from "#src/charts/dendrogram.js";
import { distribution } from "#src/charts/distribution.js";
import { featureBars } from "#src/charts/feature-bars.js";
import type { DisplayTable, Figure } from "#src/charts/figure.js";
import { profileHeatMap } from "#src/charts/profile-heat-map.js";
import { segmentMap } from "#src/charts/segment-map.js";
import { segmentSizes } from "#src/charts/segment-sizes.js";
import { silhouettePlot } from "#src/charts/silhouette-plot.js";
import { stabilityDots } from "#src/charts/stability-dots.js";
import { varianceShares } from "#src/charts/variance-shares.js";
import { matrixOfColumns } from "#src/core/matrix.js";
import { createRandom } from "#src/core/random.js";
import { segmentVerdictMeanings } from "#src/core/verdict.js";
import type { MimeBundle } from "#src/notebook/display-bundle.js";
import { markdown } from "#src/notebook/markdown.js";
import { type Showable, show } from "#src/notebook/show.js";
import type { CellOutput, ExecutedCell } from "#src/report/executed-notebook.js";
import type { ReportInput } from "#src/report/report-input.js";
import type { SegmentCard, SegmentOverview } from "#src/segments/segment-card.js";
import { countIndices } from "#src/validity/count-indices.js";
import { gapBox, gapPower, gapRule } from "#src/validity/gap-method.js";

/** A made-up shop: nothing in it was computed from customers, everything has the shape and size of the real thing. */
export const madeSegments = [
  { key: "s1", name: "One-timers", size: 1243, share: 0.311, revenueShare: 0.058 },
  { key: "s2", name: "Loyal families", size: 1081, share: 0.27, revenueShare: 0.607 },
  { key: "s3", name: "Bargain hunters", size: 612, share: 0.153, revenueShare: 0.084 },
  { key: "s4", name: "Eco-minded", size: 488, share: 0.122, revenueShare: 0.151 },
  { key: "s5", name: "Young professionals", size: 331, share: 0.083, revenueShare: 0.072 },
  { key: "s6", name: "Retirees", size: 245, share: 0.061, revenueShare: 0.028 },
] as const;

function card(
  index: number,
  rest: Pick<SegmentCard, "verdict" | "stability" | "markers" | "action">,
): SegmentCard {
  return { ...madeSegments[index]!, ...rest, verdictWords: segmentVerdictMeanings[rest.verdict] };
}

export const madeOverview: SegmentOverview = {
  workbook: "Sample shop",
  asOf: "2026-03-31",
  customers: 4000,
  definitionVersion: 3,
  fingerprint: "9f2c41d0a3b7",
  staleness: "defined for 2026-03-31; stale after 2026-07-09 (100 days)",
  headline:
    "4,000 customers in 6 segments: 4 natural, 1 reproducible, 1 constructive. 212 customers sit on a fence between two.",
  verdict: "partly-natural",
  cautions: [
    "“One-timers” and “Young professionals” have no gap between them (98 % of the lower peak): read them as one group cut in two.",
  ],
  currency: "EUR",
  method:
    "Each segment was looked for again in 100 fresh draws of the customers. The dot says how much of it came back; the grey band is what data of the same shape without any groups would give.",
  cards: [
    card(0, {
      verdict: "constructive",
      stability: 0.71,
      markers: ["bought once, 290 days ago", "spend 38 EUR in all", "rarely open a campaign"],
      action: "One reminder with the second-order offer, then silence.",
    }),
    card(1, {
      verdict: "natural",
      stability: 0.97,
      markers: ["buy 2.4 times as often", "buy in 7 of 9 categories", "return 4 % of what they buy"],
      action: "Keep: early access to the children’s collection.",
    }),
    card(2, {
      verdict: "natural",
      stability: 0.93,
      markers: [
        "62 % of spend at a discount",
        "order 1.3 times the usual size",
        "visit the site in sale weeks",
      ],
      action: "Clear stock here first; no discount beyond 20 %.",
    }),
    card(3, {
      verdict: "natural",
      stability: 0.95,
      markers: [
        "3.4 times the share of organic basics",
        "rate the environment 4.6 of 5",
        "share posts 5 times as often",
      ],
      action: "Repair-and-reuse programme, invite to the pilot.",
    }),
    card(4, {
      verdict: "reproducible",
      stability: 0.84,
      markers: ["31 years old on average", "9 sessions a month on the site", "leave 3 carts for each order"],
      action: "Cart reminder on weekday evenings.",
    }),
    card(5, {
      verdict: "natural",
      stability: 0.9,
      markers: ["69 years old on average", "one order each quarter", "never buy at a discount"],
      action: "Printed catalogue twice a year.",
    }),
  ].map((each, i) => ({
    ...each,
    stabilityWithoutGroups: (
      [
        [0.38, 0.74],
        [0.4, 0.71],
        [0.3, 0.66],
        [0.28, 0.62],
        [0.27, 0.86],
        [0.24, 0.6],
      ] as const
    )[i]!,
    stabilityPercentile: ([0.9, 1, 1, 1, 0.93, 1] as const)[i]!,
    separation: {
      valley: ([0.98, 0.41, 0.52, 0.37, 0.98, 0.62] as const)[i]!,
      limit: 0.8,
      withoutGroups: [0.96, 1],
      percentile: ([0.4, 0, 0, 0, 0.4, 0] as const)[i]!,
    },
  })),
};

const random = createRandom(11);
const centres: readonly (readonly number[])[] = [
  [-1.4, -0.8, -0.6],
  [1.6, 1.3, 0.4],
  [0.2, -1.6, 1.7],
  [1.1, 0.6, -2.1],
  [-0.6, 2.2, 0.9],
  [-2.6, 1.1, 1.3],
];
const labels = madeSegments.flatMap((segment, label) => new Array<number>(segment.size).fill(label));
const drawn = labels.map((label) => centres[label]!.map((centre) => centre + 0.55 * random.normal()));
const basis = matrixOfColumns(
  ["recency", "frequency", "value"],
  [0, 1, 2].map((j) => drawn.map((row) => row[j]!)),
);

const features = [
  "Days since last purchase",
  "Orders",
  "Average order value",
  "Share of spend at a discount",
  "Eco share of spend",
  "Categories bought",
  "Web sessions",
  "Age",
];

export const madeFigures: Readonly<Record<string, Figure>> = {
  count: clusterCount({
    recommendedCount: 6,
    gapMethod: { box: gapBox, power: gapPower, rule: gapRule, references: 200 },
    indices: countIndices.filter(({ name }) => ["gap", "silhouette", "inertia"].includes(name)),
    rows: [26100, 17400, 13200, 10900, 9100, 7600, 7250, 6980, 6730, 6510].map((inertia, i) => ({
      count: i + 1,
      inertia,
      silhouette: i === 0 ? null : [0.31, 0.34, 0.36, 0.39, 0.43, 0.38, 0.33, 0.31, 0.29][i - 1]!,
      gap: [0.02, 0.11, 0.19, 0.27, 0.36, 0.47, 0.46, 0.44, 0.43, 0.43][i]!,
      gapStandardError: 0.008 + i * 0.001,
    })),
  }),
  sizes: segmentSizes(madeSegments),
  recency: distribution({
    label: "Days since last purchase",
    unit: "days",
    values: Array.from({ length: 4000 }, () => Math.floor(-90 * Math.log(1 - random.next()))),
  }),
  correlation: correlation({
    labels: features,
    coefficients: features.map((_, i) =>
      features.map((__, j) => (i === j ? 1 : Math.sin(i * 3.1 + j * 3.1) * (0.9 - 0.09 * Math.abs(i - j)))),
    ),
    measure: "Spearman’s rank correlation",
  }),
  tree: dendrogram(
    {
      rowCount: 5,
      linkage: "ward",
      measure: { distance: "euclidean" },
      first: [0, 2, 4, 5],
      second: [1, 3, 6, 7],
      heights: [1.2, 1.9, 3.1, 7.4],
      sizes: [2, 2, 3, 5],
    },
    { clusterCount: 2, labels: [1, 1, 0, 0, 0], heights: [3.1, 7.4] },
  ),
  agreement: agreement({
    names: ["Segments", "k-medoids", "RFM quantiles"],
    adjustedRand: [
      [1, 0.78, 0.21],
      [0.78, 1, -0.003],
      [0.21, -0.003, 1],
    ],
    variationOfInformation: [
      [0, 0.62, 2.1],
      [0.62, 0, 2.9],
      [2.1, 2.9, 0],
    ],
    rowsInCommon: Array.from({ length: 3 }, () => Array<number>(3).fill(4000)),
  }),
  variance: varianceShares({
    blocks: [
      { name: "orders", label: "orders", featureCount: 2, ofVariance: 0.67, ofSolution: 0.82 },
      { name: "survey", label: "survey", featureCount: 1, ofVariance: 0.33, ofSolution: 0.18 },
    ],
    features: [
      { label: "Orders", block: "orders", ofVariance: 0.34, ofSolution: 0.5 },
      { label: "Days since last purchase", block: "orders", ofVariance: 0.33, ofSolution: 0.32 },
      { label: "Values: price comes first", block: "survey", ofVariance: 0.33, ofSolution: 0.18 },
    ],
  }),
  profile: profileHeatMap({
    segments: madeSegments,
    features,
    index: features.map((_, i) =>
      madeSegments.map((__, j) => Math.round(100 * Math.exp(1.1 * Math.sin(i * 2.3 + j * 1.7) ** 3))),
    ),
  }),
  stability: stabilityDots(
    madeSegments.map((segment, i) => {
      const jaccard = madeOverview.cards[i]!.stability;
      return {
        ...segment,
        jaccard,
        low: jaccard - 0.09,
        high: Math.min(1, jaccard + 0.03),
        withoutGroups: [0.3, 0.68],
      };
    }),
  ),
  silhouette: silhouettePlot(
    {
      segments: madeSegments,
      labels,
      silhouettes: labels.map(() => Math.min(0.8, 0.42 + 0.2 * random.normal())),
    },
    { seed: 7 },
  ),
  map: segmentMap({ segments: madeSegments, matrix: basis, labels }, { seed: 7 }),
  orders: featureBars({
    label: "Orders",
    unit: "per year",
    total: 4.27,
    segments: madeSegments.map((segment, i) => {
      const mean = [1.1, 10.2, 4.4, 5.1, 3.3, 2.6][i]!;
      return { ...segment, mean, low: mean * 0.93, high: mean * 1.06 };
    }),
  }),
  campaigns: campaignResponse(
    ["Spring catalogue", "Repair weeks", "Summer sale"].flatMap((campaign, c) =>
      madeSegments.map((segment, i) => {
        const sent = Math.round(segment.size * (0.5 + 0.1 * c));
        const responses = Math.round(segment.size * 0.5 * [0.04, 0.16, 0.09, 0.12, 0.11, 0.14][(i + c) % 6]!);
        const reach = (1.96 * Math.sqrt(responses)) / sent;
        return {
          segment,
          campaign,
          sent,
          responses,
          interval: { low: responses / sent - reach, high: responses / sent + reach },
        };
      }),
    ),
    { response: "bought" },
  ),
  categories: categoryIndex({
    segments: madeSegments,
    categories: [
      "Children",
      "Women",
      "Men",
      "Organic basics",
      "Repair and reuse",
      "Shoes",
      "Outdoor",
      "Sale corner",
    ],
    index: Array.from({ length: 8 }, (_, i) =>
      madeSegments.map((__, j) =>
        i === 7 && j === 5 ? null : Math.round(100 * Math.exp(Math.cos(i * 1.9 + j * 2.9) ** 3)),
      ),
    ),
  }),
};

const welch: DisplayTable = {
  kind: "table",
  caption: "Do descriptors differ between the segments?",
  columns: [
    { name: "Feature" },
    { name: "Test" },
    { name: "Effect size", digits: 2 },
    { name: "From", digits: 2 },
    { name: "To", digits: 2 },
    { name: "p, Holm-adjusted", align: "right" },
  ],
  rows: [
    ["Income band", "Kruskal–Wallis", 0.21, 0.18, 0.25, "under 0.001"],
    ["Gender", "χ²", 0.06, 0.02, 0.1, "0.031"],
    ["Tenure", "Welch’s ANOVA", 0.13, 0.11, 0.16, "under 0.001"],
    ["Region", "χ²", 0.03, 0, 0.07, "0.44"],
  ],
  note: "Features that formed the segments get an effect size and no p-value: they differ because they were used to draw the line.",
};

const recipe: DisplayTable = {
  kind: "table",
  caption: "Recipe: how each basis feature becomes a coordinate",
  columns: [
    { name: "Feature" },
    { name: "Unit" },
    { name: "Transform" },
    { name: "Centre" },
    { name: "Scale" },
  ],
  rows: [
    ["Days since last purchase", "days", "log1p", 4.12, 1.08],
    ["Orders", "orders", "log1p", 1.41, 0.77],
    ["Average order value", "EUR", "log1p", 4.06, 0.52],
    ["Share of spend at a discount", "share 0–1", "identity", 0.24, 0.22],
  ],
};

/** A code cell whose outputs are what `show` sends. */
export function shown(
  source: string,
  values: readonly Showable[],
  tags: readonly string[] = [],
): ExecutedCell {
  return {
    cell_type: "code",
    metadata: { tags },
    source,
    outputs: values.map((value) => displayOutput(show(value) as MimeBundle)),
  };
}

export function displayOutput(bundle: MimeBundle): CellOutput {
  return { output_type: "display_data", ...bundle };
}

export function prose(source: string): ExecutedCell {
  return { cell_type: "markdown", source };
}

function figures(name: string): Figure {
  return madeFigures[name]!;
}

/** Six notebooks with every kind of figure, as a run leaves them. */
export function madeReport(): ReportInput {
  return {
    title: "Sample shop",
    overview: madeOverview,
    notebooks: [
      {
        fileName: "01-load-and-check.ipynb",
        notebook: {
          cells: [
            prose(
              "# What do we know about our customers?\n\nSix systems know something about **4,000 customers**. Before anything is computed, every row is read, checked and accounted for.",
            ),
            shown('const book = await openWorkbook("../segbook.yaml");\nshow(book.account);', []),
            shown("show(charts.distribution(recency));", [
              markdown`Of ${30518} order lines, ${30102} were kept. The **median** customer bought ${62} days ago; one in ${4} has not bought for ${124.6} days.`,
              figures("recency"),
            ]),
            prose(
              "## What could be wrong\n\n- Returns after the as-of date are not in the data yet.\n- The survey was answered by half of the customers; see [the tests](04-test-segments.ipynb).",
            ),
          ],
        },
      },
      {
        fileName: "02-explore-features.ipynb",
        notebook: {
          cells: [
            prose(
              "# Which features say something new?\n\nTwo features that move together count one thing twice.",
            ),
            shown(
              "// rank correlation does not mind the long tails\nshow(charts.correlation(correlate(customers)));",
              [figures("correlation")],
            ),
          ],
        },
      },
      {
        fileName: "03-find-segments.ipynb",
        notebook: {
          cells: [
            prose("# How many segments, and where are they?"),
            shown(
              "const choice = await chooseClusterCount(basis, { counts: [1, 10], seed: 7 });\nshow(charts.clusterCount(choice));",
              [figures("count")],
            ),
            shown("show(charts.segmentMap({ segments, matrix: basis, labels: fit.labels }, { seed: 7 }));", [
              figures("map"),
              figures("silhouette"),
              figures("tree"),
              figures("agreement"),
              figures("variance"),
            ]),
          ],
        },
      },
      {
        fileName: "04-test-segments.ipynb",
        notebook: {
          cells: [
            prose(
              "# Do the segments hold up?\n\nA segment that is only found once is a story, not a segment.",
            ),
            shown("show(charts.stability(stability));", [figures("stability")]),
            shown("show(testDescriptors(customers, fit.labels, { segmentNames }));", [welch]),
          ],
        },
      },
      {
        fileName: "05-profile-and-name.ipynb",
        notebook: {
          cells: [
            prose("# Who are they, and what do they need?"),
            shown("show(charts.profileHeatMap(profile));", [figures("profile")], ["report-who-they-are"]),
            shown(
              "show(charts.segmentSizes(profile.segments));",
              [figures("sizes")],
              ["report-what-they-are-worth"],
            ),
            shown("show(charts.featureBars(profile.feature('order_count')));", [figures("orders")]),
            shown("show(charts.campaignResponse(response));", [figures("campaigns")]),
            shown("show(charts.categoryIndex(baskets));", [figures("categories")]),
          ],
        },
      },
      {
        fileName: "06-export-definition.ipynb",
        notebook: {
          cells: [
            prose(
              "# How does everyone else get the same segments?\n\nThe definition below is all that a database needs.",
            ),
            {
              cell_type: "code",
              source:
                'const sql = exportDefinition(definition, { to: "sql", dialect: "duckdb" });\nconsole.log(sql.slice(0, 200));',
              outputs: [
                {
                  output_type: "stream",
                  name: "stdout",
                  text: [
                    "WITH prepared AS (\n",
                    '  SELECT "customer_id", ln(1 + "recency_days") AS t0\n',
                    '  FROM "customers"\n',
                    ")\n",
                  ],
                },
              ],
            },
          ],
        },
      },
    ],
    run: {
      parameters: [
        { name: "counts", value: [1, 10] },
        { name: "starts", value: 50 },
        { name: "seed", value: 7 },
      ],
      inputs: [
        {
          name: "customers.csv",
          sha256: "1f0c55a5d5a64b2c0a3b4f8b6f2d4b7e8c9a0d1e2f30415263748596a7b8c9d0",
          bytes: 214_512,
        },
        {
          name: "orders.csv",
          sha256: "7bd0c2a4e6f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192",
          bytes: 1_902_233,
        },
      ],
      versions: [
        { name: "segbook", version: "0.1.0" },
        { name: "Node.js", version: "20.20.2" },
        { name: "DuckDB", version: "1.5.6" },
      ],
      seconds: 31.4,
    },
    account: {
      sources: [
        {
          name: "customers",
          rowsRead: 4031,
          rowsKept: 4012,
          dropped: [
            { reason: "duplicate-customer", rows: 12 },
            { reason: "out-of-range", rows: 7 },
          ],
        },
        {
          name: "orders",
          rowsRead: 30518,
          rowsKept: 30102,
          dropped: [
            { reason: "missing-customer", rows: 291 },
            { reason: "zero-price", rows: 125 },
          ],
        },
      ],
      customers: { found: 4012, kept: 4000, dropped: [{ reason: "no-order-in-window", rows: 12 }] },
    },
    method: [recipe],
    limits: [
      "Segments describe the past two years; they do not say why customers behave so.",
      "Survey scales come from the half who answered; they are not representative of the rest.",
    ],
    files: [
      { name: "definition.json", bytes: 21_400 },
      { name: "assignments.csv", bytes: 183_020 },
      { name: "definition.duckdb.sql", bytes: 4_120 },
    ],
  };
}
