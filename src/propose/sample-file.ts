import type { Engine } from "../engine/engine.js";
import type { FileSample, GivenFile } from "./file-sample.js";
import { sampleTable } from "./sample-table.js";
import { sampleText } from "./sample-text.js";

/**
 * Looks at a file: its beginning and a seeded sample of the rest.
 *
 * @throws InputError if it is no table or has no row.
 */
export function sampleFile(engine: Engine, given: GivenFile, seed: number): Promise<FileSample> {
  return given.format === "csv" ? sampleText(given, seed) : sampleTable(engine, given, seed);
}
