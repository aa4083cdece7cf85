import { distance } from "fastest-levenshtein";
import { InputError } from "./errors.js";

/** How a value is written in an error message: short, quoted when it is text, never a whole object. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value === null || value === undefined || typeof value !== "object") return String(value);
  return `an object of type ${value.constructor?.name ?? "Object"}`;
}

/** Throws unless `value` is a whole number from `low` to `high`. `highMeaning` says what the limit is, such as "the row count". */
export function checkCount(
  caller: string,
  argument: string,
  value: unknown,
  low: number,
  high: number = Number.MAX_SAFE_INTEGER,
  highMeaning: string = "",
): asserts value is number {
  if (Number.isInteger(value) && (value as number) >= low && (value as number) <= high) return;
  const range =
    high === Number.MAX_SAFE_INTEGER
      ? `of at least ${low}`
      : `from ${low} to ${high}${highMeaning && ` (${highMeaning})`}`;
  throw new InputError(`${caller}: ${argument} must be a whole number ${range}, got ${describeValue(value)}`);
}

/** Throws unless `value` is a finite number from `low` to `high`. */
export function checkNumber(
  caller: string,
  argument: string,
  value: unknown,
  low: number = -Infinity,
  high: number = Infinity,
): asserts value is number {
  if (typeof value === "number" && Number.isFinite(value) && value >= low && value <= high) return;
  const range =
    low === -Infinity && high === Infinity ? "a finite number" : `a number from ${low} to ${high}`;
  throw new InputError(`${caller}: ${argument} must be ${range}, got ${describeValue(value)}`);
}

/** Throws unless `value` is one of `choices`; the hint names the nearest one. */
export function checkChoice<Choice extends string>(
  caller: string,
  argument: string,
  value: unknown,
  choices: readonly Choice[],
): asserts value is Choice {
  if (choices.includes(value as Choice)) return;
  const hint = typeof value === "string" ? didYouMean(value, choices) : "";
  throw new InputError(
    `${caller}: ${argument} must be one of ${choices.join(", ")}, got ${describeValue(value)}${hint}`,
  );
}

/** Throws unless two arrays that describe the same rows are equally long. */
export function checkSameLength(
  caller: string,
  argument: string,
  values: ArrayLike<unknown>,
  length: number,
  lengthMeaning: string,
): void {
  if (values.length === length) return;
  throw new InputError(
    `${caller}: ${argument} must have ${length} values (${lengthMeaning}), got ${values.length}`,
  );
}

/** `. Did you mean "…"?` when one of `candidates` is near enough to be a slip of the hand, else an empty string. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = [...candidates].sort((a, b) => distance(word, a) - distance(word, b))[0];
  const isNear = nearest !== undefined && distance(word, nearest) <= Math.max(2, Math.floor(word.length / 3));
  return isNear ? `. Did you mean "${nearest}"?` : "";
}

/** At most five items in a message, then how many more. */
export function listForMessage(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(", ");
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}
