import type { FoundText } from "./found-text.js";

/** File endings that stand where an address has its country: `icon@2x.png`. */
const fileEndings: ReadonlySet<string> = new Set(
  "png jpg jpeg gif svg webp js mjs cjs ts css json html md map ipynb csv parquet sql".split(" "),
);

const local = /[\p{L}\p{N}._%+'-]{1,64}$/u;
const domain = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}/u;

/** E-mail addresses, letters of any script. Looks around each "@" only, so that a picture of a million letters costs nothing. */
export function findEmails(text: string): readonly FoundText[] {
  const found: FoundText[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const before = local.exec(text.slice(Math.max(0, at - 65), at))?.[0];
    const after = domain.exec(text.slice(at + 1, at + 256))?.[0];
    if (before === undefined || after === undefined) continue;
    if (fileEndings.has(after.slice(after.lastIndexOf(".") + 1).toLowerCase())) continue;
    found.push({ kind: "e-mail", text: `${before}@${after}`, offset: at - before.length });
  }
  return found;
}

const international =
  /(?:(?<![\w.,+])\+|(?<![\w.,+/])00)[1-9](?:[ ./()\u2013-]{0,3}\d){7,13}(?![\w]|[.,]\d)/g;
const withTrunkZero =
  /(?<![\w.,:+-])(?:\(0[1-9]\d{1,4}\)[ /-]{0,2}|0[1-9]\d{1,4}(?:[ ]?[/-][ ]?| ))\d{3,4}(?:[ -]?\d{2,4}){0,2}(?![\w]|[.,:]\d)/g;
const inPairs = /(?<![\w.,:-])0[1-9](?:([ .-])\d\d)(?:\1\d\d){3}(?![\w]|[.,]\d)/g;
const northAmerican =
  /(?<![\w.,:+-])(?:\([2-9]\d\d\) ?|([2-9]\d\d)([-. ]))[2-9]\d\d[-. ]\d{4}(?![\w-]|[.,]\d)/g;
const told =
  /(?:tel:|\b(?:phone|mobile|telefon|handy|fax|tel)\b[."']{0,2}\s{0,2}[:=]?\s{0,2}["'(]?)\+?(\d(?:[ ./()-]{0,2}\d){6,14})(?!\w)/gi;

/** Telephone numbers: international, national with a leading 0, North American, or said to be one. */
export function findPhones(text: string): readonly FoundText[] {
  return [international, withTrunkZero, inPairs, northAmerican, told].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({
      kind: "phone" as const,
      text: match[0].replace(/[^\d+]/g, ""),
      offset: match.index,
    })).filter((phone) => hasEnoughDigits(phone.text)),
  );
}

function hasEnoughDigits(phone: string): boolean {
  const digits = phone.replace(/\D/g, "");
  return digits.length >= 7 && new Set(digits).size > 2;
}
