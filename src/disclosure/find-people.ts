import type { FoundText, LeakKind } from "./found-text.js";

const upper = "\\p{Lu}[\\p{L}'’-]+";

const addressed: RegExp = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:Mr|Mrs|Ms|Miss|Mister|Herrn?|Frau|Mme|Monsieur|Madame|Señora?|Signora?)\\.? (?:(?:Dr|Prof)\\.? )*${upper}|(?:Dr|Prof)\\.? ${upper} ${upper})`,
  "gu",
);

const streets: readonly RegExp[] = [
  /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}.-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer)|\p{Lu}[\p{L}.-]+[ -](?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Damm|Ufer)) \d{1,4} ?[a-z]?(?![\p{L}\p{N}.])/gu,
  /(?<![\p{L}\p{N}.,])\d{1,5}[A-Za-z]? (?:\p{Lu}[\p{L}'.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Court|Terrace|Crescent|Parkway)(?![\p{L}])/gu,
  /(?<![\p{L}\p{N}.,])\d{1,4},? (?:rue|avenue|boulevard|place|chemin|quai|via|calle) (?:(?:de|du|des|la|le|del) |l['’]|d['’])*\p{Lu}\p{L}+/gu,
  /\b(?:P\. ?O\. ?Box|PO Box|Postfach) \d{2,6}/gu,
];

/** What some street must end or begin with: a quick look spares the slow one. */
const anyStreet =
  /(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|ufer) \d|\b(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd|Court|Terrace|Crescent|Parkway|rue|place|chemin|quai|via|calle|Box|Postfach)\b/i;

const zipAndTown = /(?<![\p{L}\p{N}])(?:D|A|CH)-\d{4,5} \p{Lu}\p{L}{2,}/gu;
const britishPostcode =
  /(?<![A-Za-z0-9])[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])/g;

/** People who are addressed by name, and postal addresses, in the forms of English, German, French and the like. */
export function findPeople(text: string): readonly FoundText[] {
  const all = (kind: LeakKind, pattern: RegExp): FoundText[] =>
    Array.from(text.matchAll(pattern), (match) => ({ kind, text: match[0], offset: match.index }));
  const places = anyStreet.test(text)
    ? [...streets, zipAndTown, britishPostcode]
    : [zipAndTown, britishPostcode];
  return [...all("name", addressed), ...places.flatMap((pattern) => all("address", pattern))];
}

/** Words of a column or member that holds what must not leave, by kind. */
const personal: readonly (readonly [LeakKind, RegExp])[] = [
  ["e-mail", /^(?:e ?mail(?: address)?|mail address|customer e ?mail)$/],
  [
    "phone",
    /^(?:phone(?: number)?|mobile(?: number| phone)?|telephone|telefon(?:nummer)?|handy(?:nummer)?|fax)$/,
  ],
  [
    "name",
    /^(?:(?:first|last|given|family|full|middle|maiden|customer|contact|client) ?name|surname|forename|vorname|nachname|familienname|kundenname|prenom|nom de famille)$/,
  ],
  [
    "address",
    /^(?:(?:street|postal|home|billing|shipping|delivery|customer) ?address|street(?: name)?|address(?: line)?(?: ?[12])?|anschrift|adresse|strasse|straße)$/,
  ],
  ["card-number", /^(?:credit ?)?card ?(?:number|no)$|^pan$/],
  ["iban", /^iban$/],
];

/** What the name of a column or member says that its values are; undefined: nothing that must stay. */
export function personalKind(name: string): LeakKind | undefined {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return personal.find(([, pattern]) => pattern.test(words))?.[0];
}
