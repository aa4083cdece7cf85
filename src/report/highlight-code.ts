import highlighter from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";

/** TypeScript as HTML with classes for its words; coloured by the page's style sheet. */
export function highlightCode(source: string): string {
  if (highlighter.getLanguage("typescript") === undefined) {
    highlighter.registerLanguage("typescript", typescript);
  }
  return highlighter.highlight(source, { language: "typescript" }).value;
}
