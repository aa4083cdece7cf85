import type { Engine } from "../engine/engine.js";
import type { FileSample, GivenFile } from "./file-sample.js";
import { sampleTable } from "./sample-table.js";
import { sampleText } from "./sample-text.js";

/**
 * Looks at a file: its beginning and a seeded sample of the rest.
 *
 * @param openEngine - Asked only for what is no text.
 * @throws InputError if it is no table or has no row.
 */
export async function sampleFile(
  given: GivenFile,
  { openEngine, seed }: { readonly openEngine: () => Promise<Engine>; readonly seed: number },
): Promise<FileSample> {
  return given.format === "csv" ? sampleText(given, seed) : sampleTable(await openEngine(), given, seed);
}
