import type { ColumnProfile } from "./profile-column.js";

/** What makes a column personal data: it names or reaches a person, so it is no feature. */
export type PersonalData = "e-mail" | "phone" | "IBAN" | "card number" | "name" | "address" | "free text";

const namePattern =
  /^(name|surname|full name|first name|last name|given name|family name|forename|vorname|nachname|familienname|nom|prenom|nombre|apellidos?|nome|sobrenome|customer name|kundenname|contact name)$/;
const addressPattern =
  /\b(address|street|strasse|adresse|anschrift|hausnummer|rue|calle|direccion|endereco|rua|postcode|postal code|zip|zip code|plz|postleitzahl|code postal|codigo postal|cep)\b/;
const phonePattern =
  /\b(phone|telephone|mobile|cell|fax|telefon|handy|mobil|telefono|movil|telefone|celular|portable|tel)\b/;

/** Share of the values that must look like it. */
const enough = 0.6;

/** Whether the values or the name of a column say that it holds personal data. Cards and IBANs are told by their check digits. */
export function findPersonalData({
  words,
  values,
  counts,
  numbers,
  dates,
}: ColumnProfile): PersonalData | undefined {
  const some = values.slice(0, 500);
  const share = (test: (text: string) => boolean) => some.filter(test).length / Math.max(1, some.length);
  if (share((text) => /^[^\s@]+@[^\s@]+\.[A-Za-z]{2,}$/.test(text)) > enough) return "e-mail";
  if (share(isIban) > enough) return "IBAN";
  if (share(isCard) > enough) return "card number";
  const isPhone = share(
    (text) => /^\+?[\d\s()/.-]{7,20}$/.test(text) && (text.match(/\d/g) ?? []).length >= 7,
  );
  if (
    isPhone > enough &&
    (phonePattern.test(words) || share((text) => /^\+|^00|^0\d.*[\s/-]/.test(text)) > enough) &&
    dates === undefined
  )
    return "phone";
  if (numbers === undefined && namePattern.test(words)) return "name";
  if (addressPattern.test(words) && counts.size > 20) return "address";
  const isLong = values.length > 0 && some.reduce((sum, text) => sum + text.length, 0) / some.length > 40;
  if (numbers === undefined && dates === undefined && isLong && counts.size > values.length / 2)
    return "free text";
  return undefined;
}

/** ISO 13616: letters become numbers, the first four go to the end, the remainder by 97 is 1. */
function isIban(text: string): boolean {
  const compact = text.replaceAll(" ", "").toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact)) return false;
  const digits = `${compact.slice(4)}${compact.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** ISO/IEC 7812: the sum of digits, every second one from the right doubled, ends in 0. */
function isCard(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
