import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Yaml from "yaml";

/**
 * Reads `kernel.heapMegabytes` from the `segbook.yaml` that is nearest to a folder, in it or above it.
 * @returns Undefined if there is none, or none that can be used: a kernel starts also beside a file that is being edited.
 */
export function readHeapMegabytes(folder: string): number | undefined {
  const path = findUpward(folder, "segbook.yaml");
  if (path === undefined) return undefined;
  // Loaded only where there is something to read: it would slow the start of every kernel.
  const { parse } = createRequire(import.meta.url)("yaml") as typeof Yaml;
  try {
    return megabytesOf(parse(readFileSync(path, "utf8"))?.kernel?.heapMegabytes);
  } catch {
    return undefined;
  }
}

/** A number of megabytes that Node takes, or undefined. */
export function megabytesOf(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function findUpward(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, name);
    if (existsSync(path)) return path;
    if (dirname(at) === at) return undefined;
  }
}
