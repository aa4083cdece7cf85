import type { WorkbookConfig } from "../config/workbook-config.js";
import type { Matrix } from "../core/matrix.js";
import type { Progress } from "../core/progress.js";
import { sha256 } from "../core/sha256.js";
import type { KMeansFit } from "../kmeans/kmeans.js";
import { type KMeansDefinition, latticeSteps } from "../segments/definition.js";
import type { FenceSitters } from "../validity/fence-sitters.js";
import type { JudgedSolution } from "../verdict/judgement.js";
import { type FoundSegments, findFence, type SearchProgress } from "./find-segments.js";
import { judgeFit } from "./judge-search.js";
import { remember } from "./remember.js";
import { reorderFound } from "./reorder-found.js";

/** The segments in force, and what they are judged by. */
export interface EvidenceInputs {
  readonly config: WorkbookConfig;
  readonly definition: KMeansDefinition;
  /** Of the customers now, as indices into the segments of the definition. */
  readonly labels: Int32Array;
  /** Distances to the centres of these segments; NaN where there is none. */
  readonly distances: Float64Array;
}

/** How {@link evidenceInForce} works. */
export interface EvidenceOptions {
  readonly memory: string;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * What speaks for the segments in force among the customers of today, in the order of their definition.
 *
 * @param found - A search among the same customers under the recipe of the definition. Where it ended in the centres of the definition,
 * its own verdict holds; otherwise, because the definition of another day was kept, the segments in force are judged as they are.
 */
export function evidenceInForce(
  found: FoundSegments,
  inputs: EvidenceInputs,
  options: EvidenceOptions,
): FoundSegments & { readonly isKept: boolean } {
  const { definition, labels } = inputs;
  const sizes = definition.segments.map((_, place) =>
    labels.reduce((sum, label) => sum + +(label === place), 0),
  );
  const order = definition.model.centres.map((centre) =>
    found.fit.centres.findIndex((other) => other.every((value, j) => value * latticeSteps === centre[j])),
  );
  const isFound = order.length === found.clusterCount && !order.includes(-1);
  if (!isFound) return { ...judgeKept(found, inputs, { ...options, sizes }), isKept: true };
  const ordered = reorderFound(found, order);
  return { ...ordered, fit: { ...ordered.fit, labels, sizes }, isKept: false };
}

function judgeKept(
  found: FoundSegments,
  { config, definition, labels, distances }: EvidenceInputs,
  { memory, onProgress, sizes }: EvidenceOptions & { readonly sizes: readonly number[] },
): FoundSegments {
  const { matrix, choice, judgement } = found;
  const { seed, counts, thorough = false } = config.segmentation;
  const inertia = distances.reduce((sum, distance) => sum + (Number.isNaN(distance) ? 0 : distance ** 2), 0);
  const centres = definition.model.centres.map((centre) => centre.map((steps) => steps / latticeSteps));
  const clusterCount = centres.length;
  const shape = { clusterCount, labels, sizes, centres, initialCentres: centres };
  const fit: KMeansFit = { ...found.fit, ...shape, inertia, objective: inertia };
  // A segment without customers cannot be drawn anew, and one alone has no neighbour.
  const canBeJudged = clusterCount > 1 && sizes.every((size) => size > 1);
  const progress = onProgress ? { onProgress } : {};
  const verdictProgress = onProgress
    ? { onProgress: (step: Progress) => onProgress({ ...step, stage: "verdict" }) }
    : {};
  const judged = canBeJudged
    ? rememberJudged(memory, { matrix, fit, seed, counts, thorough }, () => ({
        solution: judgeFit(matrix, choice, { fit, seed, counts, thorough, ...verdictProgress }),
        fence: findFence(matrix, fit, { seed, ...progress }),
      }))
    : { solution: null, fence: null };
  const stated = definition.segments.map(({ verdict }) => verdict);
  return {
    ...found,
    ...judged,
    clusterCount,
    fit,
    verdicts: judged.solution?.segments.map(({ verdict }) => verdict) ?? stated,
    verdict: judged.solution?.verdict ?? definition.verdict?.word ?? "no-reliable-segments",
    countReason: `Sought anew among these customers: ${judgement?.reason ?? found.countReason}`,
  };
}

interface Judged {
  readonly solution: JudgedSolution | null;
  readonly fence: FenceSitters | null;
}

function rememberJudged(
  memory: string,
  {
    matrix,
    fit,
    seed,
    counts,
    thorough,
  }: { matrix: Matrix; fit: KMeansFit; seed: number; counts: readonly [number, number]; thorough: boolean },
  judge: () => Judged,
): Judged {
  const bytes = (values: Int32Array | Float64Array): string =>
    sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const key = {
    rows: bytes(matrix.values),
    columns: matrix.columnCount,
    labels: bytes(fit.labels),
    centres: fit.centres,
    seed,
    counts,
    thorough,
  };
  const { solution, fence } = remember(memory, "in-force", key, judge);
  // Typed arrays come back from JSON as objects.
  const labels = solution && Int32Array.from(Object.values(solution.labels));
  return { solution: solution && labels && { ...solution, labels }, fence };
}
