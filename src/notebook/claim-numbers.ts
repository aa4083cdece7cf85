import { describeValue } from "../core/check.js";
import type { ClaimUnit } from "../core/claim.js";
import { InputError } from "../core/errors.js";

/** A number as a sentence prints it. */
export interface StatedNumber {
  /** In its unit: 27 for "27 %". */
  readonly stated: number;
  readonly unit: ClaimUnit;
  /** Half a unit of the last printed digit. */
  readonly precision: number;
  /** As printed, with its unit. */
  readonly text: string;
}

const months =
  "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec";

/** Days and months: they say when, not how many. */
const dates = new RegExp(
  `\\b\\d{4}-\\d{2}(?:-\\d{2})?\\b|\\b(?:\\d{1,2} )?(?:${months})\\.? \\d{4}\\b|\\b\\d{1,2} (?:${months})\\b`,
  "g",
);

/** Digits that no letter touches, all of them, with a sign that is none of a range; then what they count. */
const numbers =
  /(?<![\p{L}\p{N}_.,])((?:(?<![\p{N}\p{L}])[-−])?\d[\d.,]*)(?![.,]*\d|[\p{L}_])(?:[\s\u00a0\u202f]*(%|per cent\b|percent\b|thousand\b|million\b|billion\b))?/gu;

/** No name has a decimal point in it: 2.5x, 1.5e6. */
const touched = /(?<![\p{L}\p{N}_.,])\d[\d,]*\.\d[\d.,]*[\p{L}_][\p{L}\p{N}_]*/u;

/** British: groups of three behind commas, one point. */
const wellFormed = /^[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;

/**
 * The numbers of a sentence in order, dates and names with digits in them apart.
 *
 * @throws InputError if one is not written as 1,234.5 is, or a letter touches a decimal.
 */
export function readStatedNumbers(sentence: string): readonly StatedNumber[] {
  const withoutDates = sentence.replace(dates, (date) => " ".repeat(date.length));
  const [fault] = touched.exec(withoutDates) ?? [];
  if (fault !== undefined)
    throw new InputError(
      `claim: sentence must leave a space between a number and a letter, got ${describeValue(fault)}`,
    );
  return [...withoutDates.matchAll(numbers)].map(([, digits, word = ""]) =>
    statedNumber(digits!.replace(/[.,]+$/, ""), word),
  );
}

function statedNumber(digits: string, word: string): StatedNumber {
  if (!wellFormed.test(digits))
    throw new InputError(
      `claim: sentence must write its numbers as 1,234.5 is written, got ${describeValue(digits)}`,
    );
  const unit = /^(?:%|per cent|percent)$/.test(word) ? "%" : (word as ClaimUnit);
  const decimals = digits.split(".")[1]?.length ?? 0;
  return {
    stated: Number(digits.replace("−", "-").replaceAll(",", "")),
    unit,
    precision: 0.5 / 10 ** decimals,
    text: word === "" ? digits : `${digits} ${word}`,
  };
}
