/** What a stated number counts: hundredths of a share, or so many thousands; empty: itself. */
export type ClaimUnit = "" | "%" | "thousand" | "million" | "billion";

/** A number of a sentence beside what it is; all in the unit of the sentence: 27 for "27 %". */
export interface ClaimNumber {
  /** As the sentence has it. */
  readonly stated: number;
  readonly unit: ClaimUnit;
  /** What was computed; null where nothing could be. */
  readonly value: number | null;
  /** How far `value` may be from `stated`, either way, while the sentence is true; 0 or more. */
  readonly tolerance: number;
}

/** A sentence that somebody published, bound to the numbers in it. */
export interface Claim {
  readonly sentence: string;
  /** In the order of the sentence; at least one. */
  readonly numbers: readonly ClaimNumber[];
}

/** Whether a stated number is true: what was computed lies within the tolerance, the border included. */
export function isBorneOut({ stated, value, tolerance }: ClaimNumber): boolean {
  // A number that rounds to the border is within it.
  return value !== null && Math.abs(value - stated) <= tolerance * (1 + 1e-12) + 1e-12 * Math.abs(stated);
}

/** Whether every number of a sentence is true. */
export function isTrueClaim({ numbers }: Pick<Claim, "numbers">): boolean {
  return numbers.every(isBorneOut);
}
