/** An element of an XML document, as data. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Elements, or text. */
  readonly children: readonly (XmlElement | string)[];
}

/** An element; its name and the names of its attributes are ours, everything else may be anybody's text. */
export function element(
  name: string,
  attributes: XmlElement["attributes"] = {},
  children: XmlElement["children"] = [],
): XmlElement {
  return { name, attributes, children };
}

/** A document with this root, one element per line but for those that hold text. */
export function xmlText(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, "")}\n`;
}

/** Whether XML 1.0 can hold a text: it has no place for most control characters, lone surrogates, U+FFFE and U+FFFF. */
export function isXmlText(text: string): boolean {
  return !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text);
}

function elementText({ name, attributes, children }: XmlElement, margin: string): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const start = `${margin}<${name}${listed.join("")}`;
  if (children.length === 0) return `${start}/>`;
  if (children.some((child) => typeof child === "string"))
    return `${start}>${children.map((child) => (typeof child === "string" ? escapeXml(child) : elementText(child, ""))).join("")}</${name}>`;
  const inner = children.map((child) => elementText(child as XmlElement, `${margin}  `));
  return `${start}>\n${inner.join("\n")}\n${margin}</${name}>`;
}

/** White space as numbers too: a reader of XML turns a line break in an attribute into a space. What XML cannot hold becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
