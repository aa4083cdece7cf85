/** Letters of other scripts that look like Latin ones, digits of other scripts, and other hyphens and stops. */
const lookAlikes =
  "аеорсухіјѕԁһӏԛԝьАВЕКМНОРСТХУІЈЅαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡոօսⅼ‐‑‒–−⁃․。٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९к";

/** The Latin characters that they look like, in the same order. */
const latin =
  "aeopcyxijsdhlqwbABEKMHOPCTXYIJSaeikvoptuxABEZHIKMNOPTYXignoul------..012345678901234567890123456789k";

const latinOf: ReadonlyMap<string, string> = new Map(
  Array.from(lookAlikes, (letter, i) => [letter, latin[i]!]),
);

const anyLookAlike: RegExp = new RegExp(`[${lookAlikes}]`, "gu");

/**
 * Text with characters that look like Latin ones replaced by those: Cyrillic "а" by "a".
 *
 * A part of Unicode's confusables: what an e-mail address or an id can be written with and still be read.
 */
export function asLatin(text: string): string {
  return text.replace(anyLookAlike, (letter) => latinOf.get(letter)!);
}
