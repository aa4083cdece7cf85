import { type Matrix, matrixOfColumns } from "#src/core/matrix.js";
import { readCampaign } from "../cluster/matrices.js";
import { referenceTable } from "../cluster/reference-tables.js";
import { datasetFile } from "../datasets.js";
import { referenceNumbers } from "../reference-numbers.js";

/** What others reached on a data set. */
export interface StartReference {
  readonly data: string;
  readonly clusterCount: number;
  readonly inertia: number;
}

interface References {
  readonly starts: readonly StartReference[];
  readonly weighted: readonly StartReference[];
}

/** The lower inertia of 1,000 starts of scikit-learn and of 1,000 starts of R's Hartigan and Wong, by data set and count. */
export function startReferences(): StartReference[] {
  const others = referenceNumbers<References>("kmeans-starts-r").starts;
  return referenceNumbers<References>("kmeans-starts").starts.map((own, i) => ({
    ...own,
    inertia: Math.min(own.inertia, others[i]!.inertia),
  }));
}

/** scikit-learn's best of 200 starts where row i weighs i mod 5. */
export function weightedReferences(): readonly StartReference[] {
  return referenceNumbers<References>("kmeans-starts").weighted;
}

/** The rows that the references were made on; undefined where their file is not here. */
export function startTable(name: string): Matrix | undefined {
  if (name === "campaign") {
    const path = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");
    return path === undefined ? undefined : readCampaign(path);
  }
  const table = referenceTable(name, { words: false });
  if (name !== "chickwts") return table?.numbers;
  return matrixOfColumns(["weight"], [table!.numbers.values]);
}
