import type { JudgedSolution, Judgement, NullBand } from "#src/verdict/judgement.js";
import type { FoundSegments } from "#src/workbook/find-segments.js";

export const madeBand: NullBand = {
  ...{ low: 0.93, median: 0.98, high: 1, percentile: 0, copies: 4 },
  sorted: [0.92, 0.96, 0.99, 1],
};

/** A verdict on three clusters of 50, 30 and 20 rows, the first two without a gap; nothing in it was computed. */
export function madeSolution(overrides: Partial<JudgedSolution> = {}): JudgedSolution {
  const segment = { jaccard: 0.9, low: 0.8, high: 1, jaccardNull: madeBand, borderline: false, warnings: [] };
  return {
    count: 3,
    route: "plain",
    verdict: "partly-natural",
    reason: "1 of 3 segments is a group of its own.",
    labels: Int32Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : row < 80 ? 1 : 2)),
    centres: [
      [0, 0],
      [1, 0],
      [9, 0],
    ],
    segments: [
      {
        ...segment,
        cluster: 0,
        size: 50,
        verdict: "constructive",
        reason: "No gap to segment 2.",
        worstValley: 0.97,
        part: 0,
      },
      {
        ...segment,
        cluster: 1,
        size: 30,
        verdict: "constructive",
        reason: "No gap to segment 1.",
        worstValley: 0.97,
        part: 0,
      },
      {
        ...segment,
        cluster: 2,
        size: 20,
        verdict: "natural",
        reason: "A gap all around.",
        worstValley: 0.4,
        part: 1,
      },
    ],
    pairs: [
      { a: 0, b: 1, valley: 0.97, limit: 0.8, joinedAround: false, open: false },
      { a: 0, b: 2, valley: 0.2, limit: 0.7, joinedAround: false, open: true },
      { a: 1, b: 2, valley: 0.4, limit: 0.7, joinedAround: false, open: true },
    ],
    separationP: 0.3,
    stabilityP: 0.02,
    meanJaccard: 0.9,
    jaccardNull: madeBand,
    naturalParts: 2,
    mergeFirst: { a: 0, b: 1, valley: 0.97, loss: 0.04, sentence: "Segments 1 and 2 have no gap." },
    ...overrides,
  };
}

/** A judgement that recommends two clusters on the plain route. */
export function madeJudgement(overrides: Partial<Judgement> = {}): Judgement {
  return {
    recommendedCount: 2,
    route: "plain",
    bestCounts: { plain: 2, weighted: 1 },
    columnWeights: null,
    verdict: "natural",
    reason: "2 segments: between any two customers fall to 40 %.",
    separations: [
      {
        count: 2,
        route: "plain",
        worstValley: 0.4,
        null: madeBand,
        pValue: 0.01,
        ...{ partsFurther: true, everyPairOpen: true },
      },
      {
        count: 3,
        route: "plain",
        worstValley: 0.97,
        null: madeBand,
        pValue: 0.3,
        ...{ partsFurther: false, everyPairOpen: false },
      },
    ],
    significance: 0.05,
    solutions: [],
    sampleSize: [
      { rule: "100 rows per column", needed: 200, met: false, source: "Dolnicar, Grün & Leisch (2016)" },
      { rule: "60 rows per column", needed: 120, met: false, source: "Dolnicar et al. (2014)" },
    ],
    rows: 100,
    judgedRows: 100,
    sample: null,
    copies: 4,
    refits: 50,
    seed: 7,
    monteCarloError: { pValue: 0.02, jaccard: 0.03 },
    notes: [],
    ...overrides,
  };
}

/** As much of a search as the words of its verdict are made from. */
export function madeSearch(overrides: Partial<FoundSegments> = {}): FoundSegments {
  const made = {
    judgement: madeJudgement(),
    solution: madeSolution(),
    recommendedCount: 2,
    clusterCount: 3,
    countReason: "2 segments. The analyst asked for 3.",
    columnWeights: null,
    recipe: { latticeBits: 20, clamp: 8, notes: [], steps: [{ feature: "visits" }, { feature: "basket" }] },
    verdict: "partly-natural",
  };
  return { ...made, ...overrides } as unknown as FoundSegments;
}
