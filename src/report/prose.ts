import MarkdownIt, { type MarkdownIt as Parser, type Token } from "markdown-it";
import { escapeHtml } from "../core/escape-html.js";
import { cleanProseHtml, isPicture } from "./clean-html.js";
import { addMath, mathToken } from "./markdown-math.js";
import { withoutEmails } from "./redact.js";
import { mathHtml } from "./render-math.js";

export interface ProseOptions {
  /** Starts the ids of headings, so that they are unique on the page. */
  readonly idPrefix: string;
  /** File name of a notebook, written as in a link → its id on the page: links between notebooks stay inside the report. */
  readonly notebookIds: ReadonlyMap<string, string>;
  /** Heading levels that the notebook's prose uses, highest first: they become levels 4, 5 and 6 under the notebook's title. */
  readonly headingLevels?: readonly number[];
  /** Pictures kept in the cell (`attachment:name.png`), as data addresses by name. */
  readonly attachments?: ReadonlyMap<string, string>;
  /** Whether HTML in the text is an author's, to be cleaned and obeyed, and not data, to be shown; default data. */
  readonly allowsHtml?: boolean;
}

const textParser: Parser = parserOf(false);
const authorParser: Parser = parserOf(true);

function parserOf(html: boolean): Parser {
  const parser = new MarkdownIt({ html, linkify: false, typographer: false });
  parser.use(addMath);
  // Pictures are judged by keepInside, which knows attachments; everything else by the parser's own rule.
  const judge = parser.validateLink.bind(parser);
  parser.validateLink = (link) => /^(?:attachment:|data:image\/)/.test(link) || judge(link);
  return parser;
}

/** Markdown as HTML without scripts, requests or styles, formulas as MathML. */
export function proseHtml(markdown: string, options: ProseOptions): string {
  const parser = options.allowsHtml ? authorParser : textParser;
  const tokens = parser.parse(withoutEmails(markdown).replace(/[\ue000\ue001]/g, ""), {});
  const formulas: string[] = [];
  let heading = 0;
  for (const token of tokens) {
    if (token.type === "heading_open" || token.type === "heading_close")
      token.tag = headingTag(token.tag, options.headingLevels);
    if (token.type === "heading_open") token.attrSet("id", `${options.idPrefix}-${++heading}`);
    for (const child of token.children ?? []) {
      if (child.type === "link_open") retarget(child, options.notebookIds);
      if (child.type === "image") keepInside(child, options.attachments);
      if (child.type === mathToken) setFormulaAside(child, formulas);
    }
  }
  const html = parser.renderer.render(tokens, parser.options, {});
  const clean = options.allowsHtml ? cleanProseHtml(html) : html;
  return clean.replace(/\ue000(\d+)\ue001/g, (_, index) => formulas[Number(index)] ?? "");
}

function headingTag(tag: string, levels: readonly number[] = []): string {
  const rank = levels.indexOf(Number(tag.slice(1)));
  return `h${Math.min(6, 4 + Math.max(0, rank))}`;
}

/** A mark holds a formula's place until the HTML around it is clean: MathML is ours, and no list of allowed tags need know it. */
function setFormulaAside(token: Token, formulas: string[]): void {
  formulas.push(mathHtml(token.content, token.block));
  token.type = "text";
  token.content = `\ue000${formulas.length - 1}\ue001`;
}

/** A file name as it comes out of a Markdown link. */
export function linkTarget(fileName: string): string {
  return textParser.normalizeLink(fileName);
}

function retarget(link: Token, notebookIds: ReadonlyMap<string, string>): void {
  const target = String(link.attrGet("href") ?? "");
  const fileName = target.replace(/^\.\//, "").replace(/#.*$/, "");
  const id = notebookIds.get(fileName);
  if (id !== undefined) link.attrSet("href", `#${id}`);
  else if (/^https?:/.test(target)) link.attrSet("rel", "noopener noreferrer");
  else if (/^(?:attachment|data):/.test(target)) link.attrs = null;
}

/** A picture from elsewhere would be a request; its description stays. */
function keepInside(image: Token, attachments: ReadonlyMap<string, string> | undefined): void {
  const source = String(image.attrGet("src") ?? "");
  const attached = /^attachment:(.*)$/.exec(source)?.[1];
  const inside = attached === undefined ? source : attachments?.get(decodeName(attached));
  if (isPicture(inside)) {
    image.attrSet("src", inside!);
    return;
  }
  image.type = "text";
  image.children = null;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The levels of the headings in a Markdown text. */
export function headingLevels(markdown: string): readonly number[] {
  return textParser
    .parse(markdown, {})
    .filter(({ type }) => type === "heading_open")
    .map(({ tag }) => Number(tag.slice(1)));
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
