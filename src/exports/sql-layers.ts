import type { ScoringDialect } from "../engine/dialect.js";
import { fenceSql } from "./sql-functions.js";

/** One step of a scoring query: a named SELECT over the layer before. */
export interface SqlLayer {
  readonly name: string;
  /** What it reads, as SQL after FROM. */
  readonly from: string;
  readonly columns: readonly string[];
}

/** The layers as one WITH. An engine that would merge them gets a fence in each. */
export function withLayers(layers: readonly SqlLayer[], dialect: ScoringDialect): string {
  const fence = fenceSql(dialect);
  const texts = layers.map(
    ({ name, from, columns }) =>
      `${name} AS (\n  SELECT\n${columns.map((column) => `    ${column}`).join(",\n")}\n  FROM ${from}${fence && `\n  ${fence}`}\n)`,
  );
  return `WITH ${texts.join(",\n")}`;
}
