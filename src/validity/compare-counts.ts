import type { Matrix } from "../core/matrix.js";
import type { Crew } from "../lattice/crew.js";
import { type BootstrapInstability, instabilityOfCounts } from "./bootstrap-instability.js";
import type { ClusterCountRow } from "./cluster-count-row.js";
import { countRange } from "./count-range.js";
import { compareWithReferences, type GapOptions, type GapStatistic, gapSample } from "./gap-statistic.js";
import { type PredictionStrength, strengthOfCounts } from "./prediction-strength.js";
import { resampleBase } from "./resample-centres.js";
import { bestInertias } from "./search-counts.js";

/** What every count is compared with: data without groups, and customers drawn anew. */
export interface ComparedCounts {
  readonly gap: GapStatistic;
  readonly strength: PredictionStrength | undefined;
  readonly instability: BootstrapInstability | undefined;
}

/** Rows with fewer make no two halves. */
const fewestToResample = 4;

/** Compares the counts of a matrix in canonical order; `inertias` are those of the starts on all its rows. */
export function compareCounts(
  crew: Crew,
  canonical: Matrix,
  search: GapOptions & {
    readonly starts: number;
    readonly resamples: number;
    readonly inertias: readonly number[];
    readonly afterUnit: () => void;
  },
): ComparedCounts {
  const { afterUnit, counts, resamples, seed } = search;
  const sample = gapSample(canonical, seed);
  const inertias = sample === canonical ? search.inertias : bestInertias(crew, sample, search);
  const gap = compareWithReferences(crew, sample, { ...search, inertias, afterReference: afterUnit });
  if (resamples === 0 || canonical.rowCount < fewestToResample)
    return { gap, strength: undefined, instability: undefined };
  const base = resampleBase(canonical, seed);
  const drawing = { counts, seed, resamples, afterResample: afterUnit };
  return {
    gap,
    strength: strengthOfCounts(crew, base, drawing),
    instability: instabilityOfCounts(crew, base, drawing),
  };
}

/** The part of each count's row that comes from comparisons. */
export function comparisonRows(
  counts: readonly [number, number],
  { gap, strength, instability }: ComparedCounts,
): readonly Pick<
  ClusterCountRow,
  | "gap"
  | "gapStandardError"
  | "predictionStrength"
  | "predictionStrengthStandardError"
  | "instability"
  | "instabilityStandardError"
>[] {
  return countRange(counts).map((_, i) => ({
    gap: gap.rows[i]!.gap,
    gapStandardError: gap.rows[i]!.standardError,
    predictionStrength: strength?.rows[i]?.strength ?? null,
    predictionStrengthStandardError: strength?.rows[i]?.standardError ?? null,
    instability: instability?.rows[i]?.instability ?? null,
    instabilityStandardError: instability?.rows[i]?.standardError ?? null,
  }));
}
