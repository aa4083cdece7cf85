import { stripVTControlCharacters } from "node:util";

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Text with every e-mail address taken out: a report travels farther than a notebook. */
export function withoutEmails(text: string): string {
  return text.replace(email, "[e-mail left out]");
}

/** What a program printed, without the codes that colour a terminal and without e-mail addresses. */
export function printedText(text: string): string {
  return withoutEmails(stripVTControlCharacters(text));
}
