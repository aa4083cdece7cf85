import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { overviewMime } from "../notebook/display-bundle.js";
import { isObject } from "../notebook/notebook.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import type { LastRun } from "./panel-messages.js";

/** Folders above the notebook in which `reports` is looked for: its own, the workbook's, and two more. */
const levels = 4;

/** The newest finished run in the nearest folder called `reports`, beside or above `folder`; null if there is none. */
export function findLastRun(folder: string): LastRun | null {
  let place = folder;
  for (let level = 0; level < levels; level++) {
    const [newest] = finishedRuns(join(place, "reports"));
    if (newest !== undefined) return describeRun(newest, folder);
    place = dirname(place);
  }
  return null;
}

/** Newest first. A failed run is kept for its reader, but it is not what the last good one says. */
function finishedRuns(reports: string): string[] {
  if (!existsSync(reports)) return [];
  return readdirSync(reports, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !entry.name.endsWith("-failed"))
    .map(({ name }) => join(reports, name, "run.json"))
    .filter((record) => existsSync(record))
    .map((record) => ({ record, time: statSync(record).mtimeMs }))
    .sort((one, other) => other.time - one.time)
    .map(({ record }) => dirname(record));
}

function describeRun(run: string, folder: string): LastRun {
  // Web addresses have slashes on every system.
  const seen = (path: string): string => relative(folder, path).replaceAll("\\", "/");
  const fileOf = (name: string): string | null =>
    existsSync(join(run, name)) ? seen(join(run, name)) : null;
  return {
    name: basename(run),
    report: fileOf("index.html"),
    definition: fileOf("definition.json"),
    overview: overviewIn(join(run, "notebooks")),
  };
}

/** The segments as the run's last notebook that shows any has shown them. */
function overviewIn(folder: string): SegmentOverview | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  for (const name of files.sort().reverse()) {
    const text = readFileSync(join(folder, name), "utf8");
    const found = text.includes(overviewMime) ? overviewOf(text) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

function overviewOf(text: string): SegmentOverview | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const cells = isObject(document) && Array.isArray(document.cells) ? document.cells : [];
  const outputs = cells.flatMap((cell) => (Array.isArray(cell?.outputs) ? cell.outputs : []));
  return outputs.map((output) => output?.data?.[overviewMime]).find((found) => found !== undefined);
}
