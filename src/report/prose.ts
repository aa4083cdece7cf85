import MarkdownIt, { type MarkdownIt as Parser, type Token } from "markdown-it";
import { escapeHtml } from "../core/escape-html.js";
import { isPicture } from "./clean-html.js";
import { withoutEmails } from "./redact.js";

export interface ProseOptions {
  /** Starts the ids of headings, so that they are unique on the page. */
  readonly idPrefix: string;
  /** File name of a notebook, written as in a link → its id on the page: links between notebooks stay inside the report. */
  readonly notebookIds: ReadonlyMap<string, string>;
}

const parser: Parser = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** Markdown as HTML: markup in it is shown, not obeyed; every heading is a fourth-level one, under its notebook's title. */
export function proseHtml(markdown: string, options: ProseOptions): string {
  const tokens = parser.parse(withoutEmails(markdown), {});
  let heading = 0;
  for (const token of tokens) {
    if (token.type === "heading_open" || token.type === "heading_close") token.tag = "h4";
    if (token.type === "heading_open") token.attrSet("id", `${options.idPrefix}-${++heading}`);
    for (const child of token.children ?? []) {
      if (child.type === "link_open") retarget(child, options.notebookIds);
      if (child.type === "image") keepInside(child);
    }
  }
  return parser.renderer.render(tokens, parser.options, {});
}

/** A file name as it comes out of a Markdown link. */
export function linkTarget(fileName: string): string {
  return parser.normalizeLink(fileName);
}

function retarget(link: Token, notebookIds: ReadonlyMap<string, string>): void {
  const target = String(link.attrGet("href") ?? "");
  const fileName = target.replace(/^\.\//, "").replace(/#.*$/, "");
  const id = notebookIds.get(fileName);
  if (id !== undefined) link.attrSet("href", `#${id}`);
  else if (/^https?:/.test(target)) link.attrSet("rel", "noopener noreferrer");
}

/** A picture from elsewhere would be a request; its description stays. */
function keepInside(image: Token): void {
  if (isPicture(String(image.attrGet("src") ?? ""))) return;
  image.type = "text";
  image.children = null;
}

/** The first first-level heading of a Markdown text, without its markup. */
export function firstHeading(markdown: string): string | undefined {
  return /^#\s+(.+?)\s*#*\s*$/m.exec(markdown)?.[1]?.replace(/[*_`]/g, "");
}

/** The same text without that heading. */
export function withoutFirstHeading(markdown: string): string {
  return markdown.replace(/^#\s+.+$/m, "");
}

/** A line of plain text as HTML, in which a per cent sign stays with its number. */
export function lineHtml(text: string): string {
  return escapeHtml(text).replace(/(\d) %/g, "$1\u00a0%");
}

/** Words on a line of their own: an honest empty. */
export function aside(text: string): string {
  return `<p class="aside">${lineHtml(text)}</p>`;
}
