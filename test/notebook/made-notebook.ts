import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** One code cell of a made notebook: its source, or source and tags. */
export type MadeCell = string | readonly [source: string, ...tags: string[]];

/** A folder in which cells find the packages of this project; removed at the end of the test. */
export function scratchFolder(context: { after: (end: () => void) => void }): string {
  mkdirSync("build/scratch", { recursive: true });
  const folder = resolve(mkdtempSync("build/scratch/notebook-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a notebook of code cells; returns its path. */
export function writeMade(folder: string, name: string, cells: readonly MadeCell[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(madeDocument(cells)));
  return path;
}

/** The JSON of a notebook of code cells. */
export function madeDocument(cells: readonly MadeCell[]): Record<string, unknown> {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "segbook", display_name: "TypeScript (segbook)", language: "typescript" },
    },
    cells: cells.map((cell, i) => {
      const [source, ...tags] = typeof cell === "string" ? [cell] : cell;
      return {
        cell_type: "code",
        id: `c${i + 1}`,
        metadata: { tags },
        source,
        outputs: [],
        execution_count: null,
      };
    }),
  };
}
