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
  const faults = numbers.filter((number) => !isBorneOut(number)).map(faultWords);
  const mark = faults.length === 0 ? "" : `No longer true: ${faults.join(", ")}.`;
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

function faultWords(number: ClaimNumber): string {
  const stated = numberWords(number);
  return number.value === null
    ? `${stated} can no longer be computed`
    : `${stated} is now ${numberWords(number, number.value)}`;
}

/** At most as many as a reader can use. */
function decimalsOf(value: number): number {
  const [, decimals = ""] = String(value).split(".");
  return Math.min(decimals.length, 6);
}
