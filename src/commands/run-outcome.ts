import { basename, join } from "node:path";
import { isTrueClaim } from "../core/claim.js";
import { describeFailure, type NotebookRun } from "../runner/notebook-run.js";
import type { Outcome } from "./command.js";
import type { FinishedRun } from "./run-once.js";

/** A single run as it is printed; with a failed cell too, all that ran is in the document. */
export function outcomeOf(finished: FinishedRun, folder: string): Outcome {
  const { runs, seconds, unshown, note, claims } = finished;
  const untrue = claims.claims.filter((claim) => !isTrueClaim(claim));
  const report = join(folder, "index.html");
  const lines = runs.map(
    ({ file, cells, seconds: own, reuse }) =>
      `${basename(file).padEnd(34)}${cells} cells ${reuse?.isReused ? "unchanged, from the last run" : `${own.toFixed(1)} s`}`,
  );
  const failure = failureOf(finished, folder);
  return {
    document: {
      folder,
      report,
      seconds,
      notebooks: runs.map(notebookRecord),
      claims: { all: claims.claims.length, notTrue: untrue.map(({ sentence }) => sentence) },
      unshown,
      leaks: finished.leaks,
      note: note || null,
    },
    text: [
      ...lines,
      "",
      `report: ${report} (${seconds.toFixed(1)} s in all)`,
      ...untrue.map(
        ({ sentence, notebook, cell }) => `no longer true (${notebook}, cell ${cell}): ${sentence}`,
      ),
      ...(runs.some(({ reuse }) => reuse?.isReused)
        ? ["unchanged notebooks were not run again; --fresh runs all"]
        : []),
      ...(note === "" ? [] : [`note: ${note}`]),
    ].join("\n"),
    exitCode: failure === "" ? 0 : 1,
    ...(failure !== "" && { failure }),
  };
}

/** Why a run is not good; empty if it is. */
function failureOf({ failed, unshown, leaks }: FinishedRun, folder: string): string {
  if (failed !== undefined)
    return `run: ${describeFailure(failed)}\nThe executed copies are in ${folder}; the last good report is untouched.`;
  if (leaks.length > 0)
    return `run: every cell ran, but what leaves names people\n${leaks.join("\n")}\nThe files are in ${folder}; the last good report is untouched. Show less, or let it pass with --allow personal-data, which the report then says.`;
  return unshown.length === 0
    ? ""
    : `run: every cell ran, but the report lacks figures\n${unshown.join("\n")}`;
}

/** What is scripted against: a notebook that ran, to its end or to the cell that failed. */
export function notebookRecord({
  file,
  cells,
  seconds,
  failed,
  parameters,
  reuse,
}: NotebookRun): Record<string, unknown> {
  return {
    notebook: basename(file),
    cells,
    seconds,
    failedCell: failed ?? null,
    parameters: Object.fromEntries(parameters),
    reused: reuse?.isReused ?? false,
    because: reuse?.because ?? null,
  };
}
