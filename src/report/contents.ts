import { escapeHtml } from "../core/escape-html.js";
import type { PlacedNotebook } from "./place-notebook.js";

/** A part of the page that the list of contents names. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** The list of contents: the sections, and under that which holds them (`parent`) the notebooks, or the headings of a single one. */
export function contentsHtml(
  sections: readonly Section[],
  notebooks: readonly PlacedNotebook[],
  parent: string,
): string {
  const inside = sections.find(({ id }) => id === parent)?.html ?? "";
  const inner = listHtml(
    notebooks.length === 1
      ? headingsIn(inside)
      : notebooks.map(({ id, title }) => ({ id, title: escapeHtml(title) })),
  );
  const list = sections
    .map(({ id, title }) => `<li><a href="#${id}">${title}</a>${id === parent ? inner : ""}</li>`)
    .join("\n");
  return `<nav class="contents" id="contents" aria-label="Contents"><details><summary>Contents</summary><ol>${list}</ol></details></nav>`;
}

/** The headings that a notebook's prose became. */
function headingsIn(html: string): readonly { readonly id: string; readonly title: string }[] {
  const headings = [...html.matchAll(/<h4 id="([^"]+)">([\s\S]*?)<\/h4>/g)];
  return headings.map(([, id, title]) => ({ id: id!, title: title!.replace(/<[^>]*>/g, "") }));
}

function listHtml(items: readonly { readonly id: string; readonly title: string }[]): string {
  if (items.length === 0) return "";
  return `<ol>${items.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join("\n")}</ol>`;
}

/** A section with its heading. `isQuiet`: the heading is for those who listen, since what follows has one of its own. */
export function sectionHtml({ id, title, html }: Section, isQuiet: boolean = false): string {
  const quiet = isQuiet ? ' class="quiet"' : "";
  return `<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading"${quiet}>${title}</h2>\n${html}\n</section>`;
}
