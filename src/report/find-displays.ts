import { overviewMime } from "../notebook/display-bundle.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import type { ExecutedNotebook } from "./executed-notebook.js";

/** All outputs of one MIME type, in reading order. */
export function findDisplays(notebooks: readonly ExecutedNotebook[], mimeType: string): readonly unknown[] {
  const outputs = notebooks.flatMap((notebook) => notebook.cells.flatMap((cell) => cell.outputs ?? []));
  return outputs.map((output) => output.data?.[mimeType]).filter((data) => data !== undefined);
}

/** The segments that a notebook showed last; undefined where none showed any. */
export function lastOverview(notebooks: readonly ExecutedNotebook[]): SegmentOverview | undefined {
  return findDisplays(notebooks, overviewMime).at(-1) as SegmentOverview | undefined;
}
