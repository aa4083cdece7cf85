import highlighter from "highlight.js/lib/core";
import julia from "highlight.js/lib/languages/julia";
import python from "highlight.js/lib/languages/python";
import r from "highlight.js/lib/languages/r";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "../core/escape-html.js";

const languages = { typescript, python, r, julia, sql } as const;

/** Code as HTML with classes for its words, coloured by the page's style sheet; of an unknown language as plain text. */
export function highlightCode(source: string, language: string): string {
  const name = language.toLowerCase() === "javascript" ? "typescript" : language.toLowerCase();
  if (!Object.hasOwn(languages, name)) return escapeHtml(source);
  if (highlighter.getLanguage(name) === undefined)
    highlighter.registerLanguage(name, languages[name as keyof typeof languages]);
  return highlighter.highlight(source, { language: name }).value;
}
