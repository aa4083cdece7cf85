import type { Word } from "./word-walk.js";

/** A whole number in a text. */
export interface NumberRun extends Word {
  /** Whether it is also the key of a customer. */
  readonly isKey: boolean;
}

/** Farther apart, in characters, numbers do not belong together. */
const widestGap = 40;

/** Natural logarithm of how rare so many keys among so many numbers must be by chance: e^−20, 2 in a thousand million. */
const leastSurprise = 20;

/**
 * Numbers that stand together and are keys of customers far more often than chance would have it.
 *
 * The chance is the share of whole numbers of the same length that are keys; where most are (customers counted from 1), nothing can
 * be told and nothing is found. Chernoff's bound on the binomial tail.
 */
export function telltaleRuns(numbers: readonly NumberRun[], keys: ReadonlySet<string>): readonly NumberRun[] {
  if (!numbers.some(({ isKey }) => isKey)) return [];
  const density = densities(keys);
  return runsOf(numbers).flatMap((run) => {
    const hits = run.filter(({ isKey }) => isKey);
    if (hits.length < 3) return [];
    const expected = run.reduce((sum, { text }) => sum + (density.get(text.length) ?? 0), 0);
    const surprise = hits.length * Math.log(hits.length / (Math.E * expected));
    return surprise > leastSurprise ? hits : [];
  });
}

/** Length of a key in digits → share of the whole numbers of that length that are keys. */
function densities(keys: ReadonlySet<string>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys)
    if (/^[1-9]\d*$/.test(key)) counts.set(key.length, (counts.get(key.length) ?? 0) + 1);
  return new Map([...counts].map(([length, count]) => [length, count / (9 * 10 ** (length - 1))]));
}

function runsOf(numbers: readonly NumberRun[]): NumberRun[][] {
  const runs: NumberRun[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && number.start - run.at(-1)!.end <= widestGap) run.push(number);
    else runs.push([number]);
  }
  return runs;
}
