import { basename } from "node:path";
import type { ClaimLedger } from "../core/claim-ledger.js";
import { claimsInNotebook } from "../notebook/claims-in-notebook.js";
import { withoutErrorNotes } from "../notebook/error-notes.js";
import { readNotebook } from "../notebook/notebook-file.js";
import type { NotebookRun } from "./notebook-run.js";

/** The sentences that executed notebooks bind to numbers, and where a notebook stopped. */
export function claimsOfRuns(runs: readonly NotebookRun[], asOf: string | null): ClaimLedger {
  return {
    asOf,
    claims: runs.flatMap(({ executed }) =>
      claimsInNotebook(withoutErrorNotes(readNotebook(executed)), basename(executed)),
    ),
    failures: runs.flatMap(({ file, failed }) =>
      failed === undefined
        ? []
        : [{ notebook: basename(file), cell: failed.cell, message: `${failed.name}: ${failed.message}` }],
    ),
  };
}
