import type { Claim } from "../core/claim.js";
import type { LedgerClaim } from "../core/claim-ledger.js";
import { claimMime } from "./claim-bundle.js";
import { isObject, type Notebook } from "./notebook.js";

/**
 * The claims that an executed notebook shows, in the order of its cells.
 *
 * @param name - File name of the notebook.
 */
export function claimsInNotebook({ cells }: Notebook, name: string): readonly LedgerClaim[] {
  return cells.flatMap((cell, i) =>
    (Array.isArray(cell.outputs) ? cell.outputs : []).flatMap((output) => {
      const data = isObject(output) && isObject(output.data) ? output.data : {};
      const claim = data[claimMime];
      return isClaim(claim) ? [{ ...claim, notebook: name, cell: i + 1 }] : [];
    }),
  );
}

/** An output may be anybody's. */
function isClaim(value: unknown): value is Claim {
  return isObject(value) && typeof value.sentence === "string" && Array.isArray(value.numbers);
}
