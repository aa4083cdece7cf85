import { checkNumber, checkSameLength } from "../core/check.js";

/** Where customers were, where the definition puts them now, and how clearly; entry i is one customer. */
export interface AssignmentsToHold {
  /** Key of the segment each customer is held in so far; null for a new customer. */
  readonly held: readonly (string | null)[];
  /** Key of the segment that the definition gave at the last refresh; null for a new customer. */
  readonly lastNearest: readonly (string | null)[];
  /** Key of the segment that the definition gives now. */
  readonly nearest: readonly string[];
  /** 0…1: how much nearer that centre is than the next; NaN where there is none. */
  readonly margins: ArrayLike<number>;
}

/** Segments after hysteresis, and what it did. */
export interface HeldAssignments {
  readonly segments: readonly string[];
  /** 1 for customers who are held against their nearest centre. */
  readonly isHeld: Uint8Array;
  /** Customers who would have moved without it. */
  readonly moves: number;
  /** Of these, those who were held: flips avoided, and its price. */
  readonly heldBack: number;
}

/**
 * Keeps customers on a border from flipping each month.
 *
 * A customer moves when the margin reaches the limit, or when the definition asks for a move to that segment the second time in a row.
 * Who comes or goes to the fallback moves at once. O(customers).
 *
 * @param marginLimit - 0…1; 0 lets everybody move.
 * @param known - Keys that the definition has now: nobody is held in a segment that is gone.
 * @throws InputError if lists differ in length or the limit is out of range.
 */
export function holdAssignments(
  { held, lastNearest, nearest, margins }: AssignmentsToHold,
  marginLimit: number,
  known: ReadonlySet<string>,
): HeldAssignments {
  checkNumber("holdAssignments", "marginLimit", marginLimit, 0, 1);
  for (const [name, list] of Object.entries({ held, lastNearest, margins }))
    checkSameLength("holdAssignments", name, list, nearest.length, "one per customer");
  const isHeld = new Uint8Array(nearest.length);
  let moves = 0;
  const segments = nearest.map((now, i) => {
    const stay = held[i] ?? null;
    if (stay === null || stay === now) return now;
    moves++;
    const isClear = !(margins[i]! < marginLimit);
    const isAskedAgain = lastNearest[i] === now;
    if (isClear || isAskedAgain || !known.has(stay)) return now;
    isHeld[i] = 1;
    return stay;
  });
  return { segments, isHeld, moves, heldBack: isHeld.reduce((sum, flag) => sum + flag, 0) };
}
