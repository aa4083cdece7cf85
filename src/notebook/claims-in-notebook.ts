import type { Claim, ClaimNumber } from "../core/claim.js";
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
      const claim = isObject(output) && isObject(output.data) ? output.data[claimMime] : undefined;
      if (!isClaim(claim)) return [];
      const { sentence, numbers } = claim;
      return [{ sentence, notebook: name, cell: i + 1, numbers: numbers.map(inOrder) }];
    }),
  );
}

/** A notebook may have been saved by others, with members in another order. */
function inOrder({ stated, unit, value, tolerance }: ClaimNumber): ClaimNumber {
  return { stated, unit, value, tolerance };
}

/** An output may be anybody's. */
function isClaim(value: unknown): value is Claim {
  if (!isObject(value) || typeof value.sentence !== "string" || !Array.isArray(value.numbers)) return false;
  return value.numbers.every(
    (number) =>
      isObject(number) &&
      typeof number.stated === "number" &&
      typeof number.tolerance === "number" &&
      typeof number.unit === "string" &&
      (number.value === null || typeof number.value === "number"),
  );
}
