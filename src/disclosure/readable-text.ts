import { asLatin } from "./confusable-letters.js";

const named: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    ensp: " ",
    emsp: " ",
    thinsp: " ",
    commat: "@",
    period: ".",
    plus: "+",
    hyphen: "-",
    dash: "-",
    lowbar: "_",
    num: "#",
    colon: ":",
    sol: "/",
    lpar: "(",
    rpar: ")",
    lsqb: "[",
    rsqb: "]",
    shy: "",
    zwnj: "",
    zwj: "",
    ouml: "ö",
    auml: "ä",
    uuml: "ü",
    Ouml: "Ö",
    Auml: "Ä",
    Uuml: "Ü",
    szlig: "ß",
    eacute: "é",
  }),
);

/** Times that a text may have been wrapped: HTML in a JSON string in a notebook, twice escaped. */
const wrappings = 3;

// biome-ignore lint/suspicious/noMisleadingCharacterClass: characters that are not seen, each by itself
const unseen = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** With the letter before, which an accent may belong to. */
const beyondAscii = /[\x00-\x7f]?[^\x00-\x7f]+/g;

/**
 * Text as a person would read it: HTML, JSON and URL escapes undone, unseen characters taken out, look-alike letters and digits
 * made plain, "(at)" and "(dot)" too. Keeps every line on its line. O(length).
 */
export function readableText(text: string): string {
  let plain = text;
  for (let round = 0; round < wrappings; round++) {
    const before = plain;
    plain = withoutPercents(withoutEntities(withoutBackslashes(plain)));
    if (plain === before) break;
  }
  plain = plain.replace(beyondAscii, (part) => asLatin(part.replace(unseen, "").normalize("NFKC")));
  return withoutDisguise(plain);
}

/** `\u0040`, `\x40`, `\/`, `\"`; an escaped line end becomes a space, so that lines keep their numbers. */
function withoutBackslashes(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2})|([nrtbf"'/\\]))/g,
    (_, wide, narrow, plain) => {
      if (plain !== undefined) return /[nrtbf]/.test(plain) ? " " : plain;
      return characterOf(Number.parseInt(wide ?? narrow, 16));
    },
  );
}

function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,6}));?/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return named.get(name) ?? whole;
      return characterOf(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
    },
  );
}

function withoutPercents(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (coded) => {
    try {
      return decodeURIComponent(coded).replace(/[\r\n]/g, " ");
    } catch {
      return coded;
    }
  });
}

function characterOf(code: number): string {
  if (!(code > 0 && code <= 0x10ffff)) return " ";
  return code === 10 || code === 13 ? " " : String.fromCodePoint(code);
}

/** "anna (at) shop [dot] de" and "anna at shop dot de". */
function withoutDisguise(text: string): string {
  return text
    .replace(/(?<=[\w.+-]) ?[([{<] ?(?:at|ät) ?[)\]}>] ?(?=\w)/gi, "@")
    .replace(/(?<=\w) ?[([{<] ?(?:dot|punkt) ?[)\]}>] ?(?=\w)/gi, ".")
    .replace(/(?<=[\w.+-]) at ([\w-]{1,63}) dot ([a-z]{2,6})\b/gi, "@$1.$2");
}
