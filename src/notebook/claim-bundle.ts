import { type Claim, type ClaimNumber, isBorneOut } from "../core/claim.js";
import { decimalText } from "../core/number-text.js";
import type { MimeBundle } from "./display-bundle.js";
import { markdown } from "./markdown.js";

/** MIME type of a sentence that is bound to numbers. */
export const claimMime = "application/vnd.segbook.claim+json";

/** A sentence as prose; with a mark where it is no longer true. */
export function claimBundle(claim: Claim): MimeBundle {
  const { sentence, numbers } = claim;
  const prose = markdown`${sentence}`.text;
  const mark = markOf(numbers.filter((number) => !isBorneOut(number)));
  return {
    data: {
      [claimMime]: claim,
      "text/markdown": mark === "" ? prose : `${prose}\n\n**${mark}**`,
      "text/plain": mark === "" ? sentence : `${sentence}\n${mark}`,
    },
    metadata: {},
  };
}

/** A number with its unit, as a sentence has it; another value in one more digit, so that a difference shows. */
export function numberWords({ stated, unit }: ClaimNumber, value: number = stated): string {
  const decimals = decimalsOf(stated);
  const digits = value === stated || Number.isInteger(value) ? decimals : decimals + 1;
  const text = decimalText(value === 0 ? 0 : value, digits).replace("-", "−");
  return unit === "" ? text : `${text} ${unit}`;
}

/** What a false sentence is marked with; empty for a true one. */
function markOf(faults: readonly ClaimNumber[]): string {
  if (faults.length === 0) return "";
  const moved = faults.flatMap((number) =>
    number.value === null ? [] : [`${numberWords(number)} is now ${numberWords(number, number.value)}`],
  );
  const gone = faults.filter(({ value }) => value === null).map((number) => numberWords(number));
  const lost = gone.length === 0 ? [] : [`${gone.join(" and ")} can no longer be computed`];
  return `No longer true: ${[...moved, ...lost].join(", ")}.`;
}

/** At most as many as a reader can use. */
function decimalsOf(value: number): number {
  const [, decimals = ""] = String(value).split(".");
  return Math.min(decimals.length, 6);
}
