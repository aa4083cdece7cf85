import { readClaimLedger } from "../core/claim-ledger.js";

/** Environment variable with the path of the ledger whose sentences were published. */
export const publishedClaimsVariable = "SEGBOOK_PUBLISHED_CLAIMS";

let known: { readonly path: string; readonly sentences: ReadonlySet<string> } | undefined;

/** Sentences that a run before this one published; empty where the run that started this process knows of none. */
export function publishedSentences(): ReadonlySet<string> {
  const path = process.env[publishedClaimsVariable] ?? "";
  if (path === "") return new Set();
  if (known?.path !== path) {
    const claims = readClaimLedger(path)?.claims ?? [];
    known = { path, sentences: new Set(claims.map(({ sentence }) => sentence)) };
  }
  return known.sentences;
}
