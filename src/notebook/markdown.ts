import { countText, numberText } from "../core/number-text.js";

/** Prose whose numbers were computed, as {@link markdown} made it. */
export interface MarkdownText {
  readonly kind: "markdown";
  readonly text: string;
}

/**
 * Prose with computed numbers: counts are written in full, other numbers to three significant digits, and a name can not become markup.
 *
 * Only the template's own text is Markdown. A list of names is joined with commas.
 *
 * @example
 * markdown`**${4338} customers** spend ${2054.266} GBP on average.`.text // => "**4,338 customers** spend 2,050 GBP on average."
 */
export function markdown(
  template: TemplateStringsArray,
  ...values: readonly (string | number | readonly string[])[]
): MarkdownText {
  const text = template.reduce((prose, part, i) => prose + valueText(values[i - 1]!) + part);
  return { kind: "markdown", text };
}

function valueText(value: string | number | readonly string[]): string {
  if (typeof value === "number") return Number.isInteger(value) ? countText(value) : numberText(value);
  return typeof value === "string" ? escapeMarkdown(value) : value.map(escapeMarkdown).join(", ");
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/[\\`*_[\]{}()#+|~!$]/g, "\\$&")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}
