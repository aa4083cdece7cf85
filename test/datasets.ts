import { existsSync } from "node:fs";
import { join } from "node:path";

const folders = [process.env.SEGBOOK_DATASETS, "../shared/datasets"];

/** Path of a public data set file, or undefined where nobody has put it; in CI its absence is a failure, never a skip. */
export function datasetFile(name: string): string | undefined {
  const found = folders
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  if (found === undefined && process.env.CI === "true")
    throw new Error(`the data set ${name} must be in ../shared/datasets or SEGBOOK_DATASETS`);
  return found;
}

/** What a skipped test says. */
export const withoutDataset =
  "the public data set is not here: put it in ../shared/datasets or SEGBOOK_DATASETS";
