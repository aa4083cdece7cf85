import { isObject } from "../notebook/notebook.js";

/** Returns a JSON value without secrets. */
export type Mask = <Value>(value: Value) => Value;

/**
 * Replaces each secret by `[secret NAME]` in every text of a JSON value, keys included: as it is, and as JSON, HTML, a web address
 * or a printed object would write it. `secrets` maps names to values; empty values hide nothing.
 */
export function createMask(secrets: ReadonlyMap<string, string> = new Map()): Mask {
  const names = new Map(
    [...secrets].flatMap(([name, secret]) => spellings(secret).map((spelling) => [spelling, name])),
  );
  if (names.size === 0) return (value) => value;
  // The longest first: one secret may begin with another.
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapePattern).join("|"), "g");
  const maskText = (text: string): string =>
    text.replace(pattern, (spelling) => `[secret ${names.get(spelling)}]`);
  const mask = (value: unknown): unknown => {
    if (typeof value === "string") return maskText(value);
    if (Array.isArray(value)) return value.map(mask);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [maskText(key), mask(inner)]));
  };
  return (value) => mask(value) as typeof value;
}

function spellings(secret: string): string[] {
  if (secret === "") return [];
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inHtml = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = inHtml.replaceAll('"', "&quot;");
  const printed = inJson.replaceAll('\\"', '"');
  const alternatives = [quoted.replaceAll("'", "&#39;"), printed.replaceAll("'", "\\'")];
  return [secret, inJson, inHtml, quoted, printed, ...alternatives, inAddress(secret)];
}

/** Half a character cannot stand in an address. */
function inAddress(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    return secret;
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
