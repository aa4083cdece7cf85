import { checkCount } from "../core/check.js";
import { createRandom, type Random } from "../core/random.js";
import type { Definition, VerificationRow } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";

/** How many rows, and which. */
export interface RandomRows {
  readonly count: number;
  readonly seed: number;
}

type Value = number | string | null;

const awkwardNumbers: readonly number[] = [
  ...[Number.NaN, Infinity, -Infinity, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE],
  ...[5e-324, -1e-310, -0, 0, -1, -0.5, 2 ** 53, 1e-9],
];
const awkwardTexts: readonly (string | null)[] = [
  ...[null, "", " ", "it's", "a\\b", "\\'", '"', "🛒", "NULL", "nan", "%", "_"],
  ...["2026-02-31", "2026-1-1", "2026-01-01 00:00", "２０２６-０１-０１"],
];

/**
 * Made-up customers, one list of values per row in the order of `inputsOf`: rows of the definition's own verification (on and
 * beside borders, in ties), the same with values exchanged or moved, and values of every awkward kind (NaN, ±1e300, −0, …).
 *
 * The same seed gives the same rows.
 */
export function randomRows(
  definition: Definition,
  { count, seed }: RandomRows,
): readonly VerificationRow["inputs"][] {
  checkCount("verifyTargets", "random.count", count, 0, 10_000_000, "so many fit in memory");
  const random = createRandom(seed);
  const types = inputsOf(definition).map(({ type }) => type);
  const known = definition.verification.map(({ inputs }) => inputs);
  const start = (): VerificationRow["inputs"] => known[random.below(known.length)] ?? types.map(() => null);
  const exchanged = (j: number): Value => start()[j]!;
  return Array.from({ length: count }, () => {
    const row = start();
    switch (random.below(4)) {
      case 0:
        return row;
      case 1:
        return row.map((value, j) => (random.below(4) === 0 ? exchanged(j) : value));
      case 2:
        return row.map((value, j) => moved(value, exchanged(j), random));
      default:
        return row.map((value, j) => (random.below(3) === 0 ? awkward(types[j]!, random) : value));
    }
  });
}

/** Somewhere between two numbers or a little beyond; a text with the case of a letter changed or a space at its end. */
function moved(value: Value, other: Value, random: Random): Value {
  if (typeof value === "number" && typeof other === "number")
    return value + (other - value) * (random.next() * 1.2 - 0.1);
  if (typeof value !== "string") return value;
  const at = random.below(value.length + 1);
  const letter = value.charAt(at);
  const changed = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
  return random.below(2) === 0 ? `${value} ` : `${value.slice(0, at)}${changed}${value.slice(at + 1)}`;
}

function awkward(type: "number" | "text" | "date", random: Random): Value {
  const choices: readonly Value[] = type === "number" ? awkwardNumbers : awkwardTexts;
  return choices[random.below(choices.length)]!;
}
