import type { FileSample } from "#src/propose/file-sample.js";
import { type ColumnProfile, profileColumns } from "#src/propose/profile-column.js";

/** A file that was looked at, of which only the cells matter. */
export function sampleOf(header: readonly string[], rows: readonly (readonly string[])[]): FileSample {
  return {
    written: "made.csv",
    path: "made.csv",
    pattern: "made.csv",
    format: "csv",
    encoding: "utf-8",
    header,
    rows,
    isWhole: true,
    readColumns: async () => true,
    release: async () => undefined,
  };
}

/** One column. */
export function columnOf(name: string, values: readonly string[]): ColumnProfile {
  return profileColumns(
    sampleOf(
      [name],
      values.map((value) => [value]),
    ),
  )[0]!;
}
