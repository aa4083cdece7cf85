import { readFileSync } from "node:fs";
import type { Claim } from "./claim.js";
import { InputError } from "./errors.js";
import { fileError } from "./file-error.js";
import { writeFileAtomic } from "./write-atomic.js";

/** A claim and where it was made. */
export interface LedgerClaim extends Claim {
  /** File name of the notebook. */
  readonly notebook: string;
  /** Counts from 1, over all cells. */
  readonly cell: number;
}

/** Every sentence that the notebooks of a run bind to numbers; `claims.json` in the run's folder and in a state. */
export interface ClaimLedger {
  /** As-of date of the run; null where its notebooks are about no workbook. */
  readonly asOf: string | null;
  /** In the order of notebooks and cells. */
  readonly claims: readonly LedgerClaim[];
  /** Notebooks that did not run to their end: what they claim beyond that cell was not tested. */
  readonly failures: readonly ClaimFailure[];
}

/** A notebook that stopped before all its claims were made. */
export interface ClaimFailure {
  readonly notebook: string;
  readonly cell: number;
  readonly message: string;
}

/** Writes a ledger; equal ledgers are equal bytes. */
export function writeClaimLedger(path: string, { asOf, claims, failures }: ClaimLedger): void {
  writeFileAtomic(path, `${JSON.stringify({ asOf, claims, failures }, null, 2)}\n`);
}

/**
 * Reads the sentences that a run left in its `claims.json`.
 *
 * @returns null where there is no file.
 * @throws InputError if the file is no ledger.
 */
export function readClaimLedger(path: string): ClaimLedger | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw fileError(error, {
      caller: "readClaimLedger",
      requirement: "path must name a file that can be read",
      path,
    });
  }
  const ledger = parse(text);
  if (Array.isArray(ledger?.claims) && Array.isArray(ledger.failures)) return ledger;
  throw new InputError(`readClaimLedger: path must name a ledger of claims, got something else at ${path}`);
}

function parse(text: string): ClaimLedger | null {
  try {
    return JSON.parse(text) as ClaimLedger | null;
  } catch {
    return null;
  }
}
