import type { FoundText } from "./found-text.js";

const cardNumber = /(?<![\w.,+-]|[.,] )\d(?:[ -]?\d){12,18}(?![\w-]|[.,]\d)/g;

/** First digits and lengths of the cards in use: Visa, Mastercard, American Express, Discover, JCB, Diners, UnionPay, Maestro. */
const issuers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[68])/, [14]],
  [/^(?:62|81)/, [16, 17, 18, 19]],
  [/^(?:50|5[6-8]|6[37])/, [16, 17, 18, 19]],
];

/** Card numbers: an issuer's first digits, its length, and Luhn's check digit. */
export function findCardNumbers(text: string): readonly FoundText[] {
  return Array.from(text.matchAll(cardNumber), (match) => ({
    kind: "card-number" as const,
    text: match[0].replace(/\D/g, ""),
    offset: match.index,
  })).filter(({ text: digits }) => isCardNumber(digits));
}

function isCardNumber(digits: string): boolean {
  const isIssued = issuers.some(([start, lengths]) => start.test(digits) && lengths.includes(digits.length));
  return isIssued && new Set(digits).size > 1 && hasLuhnDigit(digits);
}

/** ISO/IEC 7812: every second digit from the right doubled, the sum divisible by ten. */
function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit : 2 * digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Lengths of IBANs by country, as SWIFT registers them. */
const ibanLengths: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 " +
    "GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 " +
    "MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 VG24 XK20"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const iban = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}/g;

/** International bank account numbers: a country, its length, and the check digits of ISO 13616. */
export function findIbans(text: string): readonly FoundText[] {
  return Array.from(text.matchAll(iban)).flatMap((match): FoundText[] => {
    const length = ibanLengths.get(match[0].slice(0, 2).toUpperCase());
    if (length === undefined) return [];
    // The pattern runs on into the next word: the country says where the number ends.
    const written = new RegExp(`^(?:[ -]?[A-Za-z0-9]){${length}}(?![A-Za-z0-9])`).exec(match[0])?.[0];
    const account = written?.replace(/[ -]/g, "").toUpperCase();
    return account !== undefined && remainder97(account) === 1
      ? [{ kind: "iban", text: account, offset: match.index }]
      : [];
  });
}

function remainder97(account: string): number {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36)))
      remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}
