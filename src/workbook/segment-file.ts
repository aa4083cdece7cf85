import { basename } from "node:path";
import type { CustomerTable, Feature } from "../core/feature.js";
import { matrixOfColumns } from "../core/matrix.js";
import { openDuckDb } from "../engine/duckdb.js";
import { defineSegments, definitionId } from "../segments/define-segments.js";
import type { Definition } from "../segments/definition.js";
import { readFeatureFile } from "../sources/read-feature-file.js";
import { type FoundSegments, findSegments, type SearchProgress } from "./find-segments.js";
import { suggestNamesOf } from "./name-clusters.js";
import { verdictOf } from "./verdict-of.js";

/** What a search in a file found, and its definition. */
export interface SegmentedFile {
  readonly found: FoundSegments;
  readonly definition: Definition;
}

/** How a file is to be segmented. */
export interface SegmentFileOptions {
  /** Column that names the customer. */
  readonly key: string;
  /** Numeric columns that form the segments. */
  readonly basis: readonly string[];
  /** How many segments; absent: the verdict decides. */
  readonly clusterCount?: number;
  /** Default 7. */
  readonly seed?: number;
  /** Starts per count; default 50. */
  readonly starts?: number;
  /** Called between units of work of the search. */
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * Finds and defines segments straight from a file with one row per customer, without a workbook. Counts 1 to 10 are tried.
 *
 * @throws InputError as readFeatureFile and findSegments.
 */
export async function segmentFile(path: string, options: SegmentFileOptions): Promise<SegmentedFile> {
  const { key, basis, clusterCount, seed = 7, starts = 50, onProgress } = options;
  const engine = await openDuckDb();
  try {
    const { keyName, keys, columns } = await readFeatureFile(engine, path, { key, columns: basis });
    const found = findSegments(matrixOfColumns(basis, [...columns.values()]), {
      counts: [1, 10],
      starts,
      seed,
      whenNothingReliable: "constructive",
      ...(clusterCount !== undefined && { clusterCount }),
      ...(onProgress && { onProgress }),
    });
    const { recipe, fit, clusterCount: count } = found;
    const suggestedNames = suggestNamesOf(tableOf(keyName, keys, columns), fit.labels, count);
    const called = [...suggestedNames.values()].map(({ name }) => name);
    const definition = defineSegments({
      id: definitionId(basename(path).replace(/\.(csv|tsv|parquet)(\.gz)?$/, "")),
      createdFor: null,
      keyName,
      features: basis.map(fileFeature),
      recipe,
      fit,
      ...verdictOf(found, called),
      suggestedNames,
    });
    return { found, definition };
  } finally {
    engine.close();
  }
}

function tableOf(
  keyName: string,
  keys: readonly string[],
  columns: ReadonlyMap<string, Float64Array>,
): CustomerTable {
  return {
    keyName,
    keys,
    columns: [...columns].map(([name, values]) => ({ kind: "number", feature: fileFeature(name), values })),
  };
}

function fileFeature(name: string): Feature {
  return {
    name,
    label: name,
    unit: "",
    type: "number",
    role: "basis",
    meaning: `Column ${name} of the file`,
    source: "file",
  };
}
