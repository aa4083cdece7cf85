import sanitizeHtml from "sanitize-html";
import { withoutEmails } from "./redact.js";

const outputOptions: sanitizeHtml.IOptions = {
  allowedTags: [
    ..."p br hr strong b em i u s sub sup small mark code pre kbd blockquote abbr span div center".split(" "),
    ..."h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td colgroup col".split(" "),
    ..."figure figcaption details summary img a".split(" "),
  ],
  allowedAttributes: {
    a: ["href", "rel"],
    img: ["src", "alt", "width", "height"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    ol: ["start"],
    details: ["open"],
  },
  allowedClasses: { "*": ["segbook-*"] },
  allowedSchemes: ["http", "https"],
  allowedSchemesByTag: { img: ["data"] },
  allowProtocolRelative: false,
  nonTextTags: [
    "script",
    "style",
    "textarea",
    "option",
    "noscript",
    "title",
    "svg",
    "math",
    "template",
    "iframe",
  ],
  // Headings of an output have no place in the order of the page's own.
  transformTags: {
    ...Object.fromEntries("h1 h2 h3 h5 h6".split(" ").map((name) => [name, "h4"])),
    center: "div",
    img: (tagName, attributes) => ({ tagName, attribs: { ...attributes, alt: attributes.alt ?? "" } }),
  },
  exclusiveFilter: (frame) =>
    frame.attribs.class === "segbook-caption" || (frame.tag === "img" && !isPicture(frame.attribs.src)),
};

const proseOptions: sanitizeHtml.IOptions = {
  ...outputOptions,
  allowedAttributes: { ...outputOptions.allowedAttributes, "*": ["id"] },
  allowedClasses: { code: ["language-*"] },
  transformTags: { center: "div", img: outputOptions.transformTags!.img! },
  exclusiveFilter: (frame) => frame.tag === "img" && !isPicture(frame.attribs.src),
};

/** HTML that a notebook produced, with everything taken out that runs, styles, fetches or names a person's e-mail. */
export function cleanHtml(html: string): string {
  return clean(withoutEmails(html), outputOptions);
}

/** The same for prose of a notebook's author, which keeps its headings' levels and ids. */
export function cleanProseHtml(html: string): string {
  return clean(html, proseOptions);
}

/** Deeper than any page that a person made; cleaning takes time with the square of the depth. */
const depthLimit = 300;

/** Elements that never hold others, or that the next of their kind closes. */
const unnested: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta source track wbr p li dt dd tr td th option".split(" "),
);

function clean(html: string, options: sanitizeHtml.IOptions): string {
  let depth = 0;
  for (const [, isEnd, name] of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)/g)) {
    if (unnested.has(name!.toLowerCase())) continue;
    depth = Math.max(0, depth + (isEnd ? -1 : 1));
    if (depth > depthLimit) return "<p>HTML nested too deeply to be shown stands in the notebook.</p>";
  }
  return sanitizeHtml(html, options);
}

/** A picture that is inside the page. */
export function isPicture(source: string | undefined): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+$/.test(source ?? "");
}
