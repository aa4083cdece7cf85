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
  return sanitizeHtml(withoutEmails(html), outputOptions);
}

/** The same for prose of a notebook's author, which keeps its headings' levels and ids. */
export function cleanProseHtml(html: string): string {
  return sanitizeHtml(html, proseOptions);
}

/** A picture that is inside the page. */
export function isPicture(source: string | undefined): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+$/.test(source ?? "");
}
