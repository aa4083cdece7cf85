import katex from "katex";
import { escapeHtml } from "../core/escape-html.js";

/**
 * LaTeX as MathML, which browsers draw themselves: no fonts, no style attributes, no commands that link or fetch. What KaTeX cannot
 * read is shown as it was written.
 */
export function mathHtml(latex: string, isBlock: boolean): string {
  const drawn = drawMath(latex, isBlock);
  if (drawn === undefined) return `<code class="latex">${escapeHtml(latex)}</code>`;
  return isBlock ? `<div class="formula" tabindex="0">${drawn}</div>` : drawn;
}

/** A `text/latex` output: dollar signs or brackets around a formula, or an environment; anything else is LaTeX for paper. */
export function latexHtml(latex: string): string {
  const text = latex.trim();
  const wrapped =
    /^\$\$([\s\S]*)\$\$$/.exec(text) ?? /^\$([^$]*)\$$/.exec(text) ?? /^\\\[([\s\S]*)\\\]$/.exec(text);
  const drawn = drawMath(wrapped?.[1] ?? text, true);
  if (drawn === undefined) return `<pre class="printed" tabindex="0">${escapeHtml(text)}</pre>`;
  return `<div class="formula" tabindex="0">${drawn}</div>`;
}

/** Bounds on what one formula may unfold to: a hostile one must not hang the report. */
const bounds = { maxExpand: 1000, maxSize: 50 } as const;
const longest = 20_000;

function drawMath(latex: string, displayMode: boolean): string | undefined {
  if (latex.length > longest) return undefined;
  try {
    const options = { output: "mathml", strict: "ignore", trust: false, throwOnError: true } as const;
    const html = katex.renderToString(latex, { ...options, ...bounds, displayMode });
    return html.replace(/ style="[^"]*"/g, "");
  } catch {
    return undefined;
  }
}
