/** First characters that make a spreadsheet take text for a formula, plain and in their full-width forms. */
const formulaStart = /^[\s\u00a0\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n\0]/u;

/** Characters that no sheet needs and some take for the end of a cell or a file. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * Text as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front, which spreadsheets show as text.
 *
 * For text cells only: numbers stay numbers, and −5 among them is no formula. Control characters are taken out. For files that
 * people open; a file for programs holds the text as it is.
 *
 * @see OWASP ASVS 5.0 §1.2.10; CWE-1236.
 */
export function defuseText(text: string): string {
  const isFormula = formulaStart.test(text);
  const clean = text.replace(controls, "");
  return isFormula ? `'${clean}` : clean;
}
