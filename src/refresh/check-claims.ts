import { type Claim, type ClaimUnit, isBorneOut, isTrueClaim } from "../core/claim.js";
import type { ClaimLedger, LedgerClaim } from "../core/claim-ledger.js";

/**
 * What became of a sentence: it holds, is false, was withdrawn by its notebook, could not be tested because the notebook stopped
 * before it, or is new and holds.
 */
export type ClaimStatus = "holds" | "false" | "withdrawn" | "not-tested" | "new";

/** A number of a sentence at both dates, in the sentence's own unit. */
export interface CheckedNumber {
  readonly stated: number;
  readonly unit: ClaimUnit;
  readonly tolerance: number;
  /** When it was published; null for a new sentence. */
  readonly before: number | null;
  /** null where nothing could be computed. */
  readonly now: number | null;
  readonly holds: boolean;
}

/** A published sentence beside the numbers of a later run. */
export interface CheckedClaim {
  readonly sentence: string;
  readonly notebook: string;
  /** Where it stands now, else where it stood. Counts from 1. */
  readonly cell: number;
  readonly status: ClaimStatus;
  /** Whether it was true in the state before; a false one of those became false now. */
  readonly wasTrue: boolean;
  readonly numbers: readonly CheckedNumber[];
}

/**
 * Which published sentences a later run still bears out, and which are new.
 *
 * A sentence is found again in the notebook of the same name by its words; where it stands twice, in order. It holds where each of
 * its numbers now is within its tolerance of what the sentence says. O(claims).
 *
 * @param published - Ledger of the state before.
 * @param now - Ledger of the later run.
 * @returns The published ones in their order, then the new ones.
 */
export function checkClaims(published: ClaimLedger, now: ClaimLedger): readonly CheckedClaim[] {
  const waiting = new Map<string, LedgerClaim[]>();
  for (const claim of now.claims) waiting.set(keyOf(claim), [...(waiting.get(keyOf(claim)) ?? []), claim]);
  const stopped = new Set(now.failures.map(({ notebook }) => notebook));
  const checked = published.claims.map((before) => {
    const found = waiting.get(keyOf(before))?.shift();
    return found ? testedClaim(found, before) : missingClaim(before, stopped.has(before.notebook));
  });
  const left = new Set([...waiting.values()].flat());
  const fresh = now.claims.filter((claim) => left.has(claim)).map((claim) => testedClaim(claim, null));
  return [...checked, ...fresh];
}

/** Claims that a gate counts: false, or not tested. */
export function failedClaims(checked: readonly CheckedClaim[]): readonly CheckedClaim[] {
  return checked.filter(({ status }) => status === "false" || status === "not-tested");
}

function keyOf({ notebook, sentence }: LedgerClaim): string {
  return JSON.stringify([notebook, sentence]);
}

function testedClaim(now: LedgerClaim, before: LedgerClaim | null): CheckedClaim {
  const { sentence, notebook, cell } = now;
  const numbers = now.numbers.map((number, i) => ({
    stated: number.stated,
    unit: number.unit,
    tolerance: number.tolerance,
    before: before?.numbers[i]?.value ?? null,
    now: number.value,
    holds: isBorneOut(number),
  }));
  const good = before === null ? "new" : "holds";
  const status = isTrueClaim(now) ? good : "false";
  return { sentence, notebook, cell, status, wasTrue: wasTrue(before), numbers };
}

function missingClaim(before: LedgerClaim, hasStopped: boolean): CheckedClaim {
  const { sentence, notebook, cell, numbers } = before;
  const status = hasStopped ? "not-tested" : "withdrawn";
  return {
    sentence,
    notebook,
    cell,
    status,
    wasTrue: isTrueClaim(before),
    numbers: numbers.map(({ stated, unit, tolerance, value }) => {
      return { stated, unit, tolerance, before: value, now: null, holds: false };
    }),
  };
}

/** A new sentence was not false before. */
function wasTrue(before: Claim | null): boolean {
  return before === null || isTrueClaim(before);
}
