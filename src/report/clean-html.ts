import sanitizeHtml from "sanitize-html";
import { withoutEmails } from "./redact.js";

const options: sanitizeHtml.IOptions = {
  allowedTags: [
    ..."p br hr strong b em i u s sub sup small mark code pre kbd blockquote abbr span div".split(" "),
    ..."h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td colgroup col".split(" "),
    ..."figure figcaption details summary img a".split(" "),
  ],
  allowedAttributes: {
    a: ["href"],
    img: ["src", "alt", "width", "height"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    details: ["open"],
  },
  allowedClasses: { "*": ["segbook-*"] },
  allowedSchemes: ["http", "https"],
  allowedSchemesByTag: { img: ["data"] },
  allowProtocolRelative: false,
  exclusiveFilter: (frame) =>
    frame.attribs.class === "segbook-caption" || (frame.tag === "img" && !isPicture(frame.attribs.src)),
};

/** HTML that a notebook produced, with everything taken out that runs, styles, fetches or names a person's e-mail. */
export function cleanHtml(html: string): string {
  return sanitizeHtml(withoutEmails(html), options);
}

/** A picture that is inside the page. */
export function isPicture(source: string | undefined): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+$/.test(source ?? "");
}
