import { checkNumber, checkSameLength, describeValue, listForMessage } from "../core/check.js";
import { type Claim, type ClaimNumber, type ClaimUnit, isBorneOut, isTrueClaim } from "../core/claim.js";
import { InputError } from "../core/errors.js";
import { claimBundle, numberWords } from "./claim-bundle.js";
import { readStatedNumbers, type StatedNumber } from "./claim-numbers.js";
import type { MimeBundle } from "./display-bundle.js";
import { kernelWriter } from "./kernel-writer.js";
import { publishedSentences } from "./published-sentences.js";

/** What a sentence's number is, as computed; null, undefined or not finite where it cannot be. */
export type ClaimValue = number | null | undefined;

/** A sentence longer than this is a text. */
const longest = 1000;

/**
 * Binds a sentence to the numbers that it states, shows it, and lets every later run and refresh test it again.
 *
 * Give one value for each number of the sentence, in its order; a single one need not be a list. Per cent are given as a share, 0.27 for
 * "27 %"; "1.2 million" as 1,200,000. A number that is only context ("the last 12 months") is given as what it is: 12. Dates, and digits
 * in a name such as "s2" or "Over65", are no numbers. A sentence that is not true when it is written is an error; one that was published
 * is marked in the report instead.
 *
 * @param tolerance - How far the number may be from what the sentence says, in the sentence's unit (percentage points for per cent),
 * one for all or one each; default half a unit of the last printed digit: 0.5 for "27 %", 0.05 for "27.1 %".
 * @returns Nothing in a notebook; elsewhere the bundle that would have been sent.
 * @throws InputError if the sentence states no number, the values are not as many, or a new sentence is not true.
 * @example
 * claim("Loyal families are 27 % of customers and 61 % of revenue", [0.271, 0.608]);
 */
export function claim(
  sentence: string,
  value: ClaimValue | readonly ClaimValue[],
  tolerance?: number | readonly number[],
): MimeBundle | undefined {
  const made = claimOf(sentence, value, tolerance);
  if (!isTrueClaim(made) && !publishedSentences().has(made.sentence)) throw notTrue(made);
  const bundle = claimBundle(made);
  const write = kernelWriter();
  if (write === undefined) return bundle;
  write({ ...bundle, transient: {} }, false);
  return undefined;
}

function claimOf(
  sentence: string,
  value: ClaimValue | readonly ClaimValue[],
  tolerance: number | readonly number[] | undefined,
): Claim {
  if (typeof sentence !== "string" || sentence.trim() === "" || sentence.length > longest)
    throw new InputError(
      `claim: sentence must be a text of at most ${longest} characters, got ${describeValue(sentence)}`,
    );
  const words = sentence.replace(/\s+/g, " ").trim();
  const stated = readStatedNumbers(words);
  if (stated.length === 0)
    throw new InputError(`claim: sentence must state a number, got ${describeValue(words)}`);
  const values = valuesOf(value, stated);
  const tolerances = tolerancesOf(tolerance, stated);
  const numbers = stated.map(({ stated: number, unit }, i) => {
    return { stated: number, unit, value: inUnit(values[i]!, unit), tolerance: tolerances[i]! };
  });
  return { sentence: words, numbers };
}

function valuesOf(
  value: ClaimValue | readonly ClaimValue[],
  stated: readonly StatedNumber[],
): readonly (number | null)[] {
  const values: readonly ClaimValue[] = Array.isArray(value) ? value : [value as ClaimValue];
  const texts = stated.map(({ text }) => text);
  if (values.length !== stated.length)
    throw new InputError(
      `claim: value must have one number for each that the sentence states (${listForMessage(texts)}), got ${values.length}. A number that is only context is given as itself`,
    );
  return values.map((one, i) => {
    if (one === null || one === undefined) return null;
    if (typeof one === "number") return Number.isFinite(one) ? one : null;
    throw new InputError(`claim: value of ${texts[i]} must be a number, got ${describeValue(one)}`);
  });
}

function tolerancesOf(
  tolerance: number | readonly number[] | undefined,
  stated: readonly StatedNumber[],
): readonly number[] {
  const given = typeof tolerance === "number" ? stated.map(() => tolerance) : tolerance;
  if (given === undefined) return stated.map(({ precision }) => precision);
  checkSameLength("claim", "tolerance", given, stated.length, "one per number of the sentence");
  for (const one of given) checkNumber("claim", "tolerance", one, 0, Number.MAX_VALUE);
  return given;
}

const factors: Readonly<Record<ClaimUnit, number>> = {
  "": 1,
  "%": 0.01,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};

/** Rounded to what a double can say of it, so that 0.29 is 29 % and not 28.999999999999996 %. */
function inUnit(value: number | null, unit: ClaimUnit): number | null {
  return value === null ? null : Number((value / factors[unit]).toPrecision(14));
}

function notTrue({ sentence, numbers }: Claim): InputError {
  const wrong = numbers.filter((number) => !isBorneOut(number));
  const faults = wrong.map((number) => `${numberWords(number)} where the value is ${valueWords(number)}`);
  const hint = wrong.some(isHundredfold) ? ". Per cent are given as a share: 0.27 for 27 %" : "";
  return new InputError(
    `claim: sentence must be true when it is written, got ${faults.join(", ")} in ${describeValue(sentence)}${hint}`,
  );
}

function valueWords(number: ClaimNumber): string {
  if (number.value === null) return "not known";
  return `${numberWords(number, number.value)} (tolerance ${number.tolerance})`;
}

/** 27 was given for "27 %". */
function isHundredfold(number: ClaimNumber): boolean {
  const { unit, value } = number;
  return unit === "%" && value !== null && isBorneOut({ ...number, value: value / 100 });
}
