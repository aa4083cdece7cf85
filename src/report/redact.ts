import { stripVTControlCharacters } from "node:util";

/** Looked for only where a word starts: a picture is one word of a million letters. */
const email = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;

/** Text with every e-mail address taken out: a report travels farther than a notebook. */
export function withoutEmails(text: string): string {
  return text.replace(email, "[e-mail left out]");
}

/** What a program printed, without the codes that colour a terminal and without e-mail addresses. */
export function printedText(text: string): string {
  return withoutEmails(stripVTControlCharacters(text));
}
