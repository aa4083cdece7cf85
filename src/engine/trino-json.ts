// A whole number that JSON.parse could round: 16 digits and more, and no part of a fraction or an exponent.
const longInteger = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON; whole numbers of 16 digits and more, which JSON.parse would round, come as text.
 *
 * A scan instead of one regular expression: that one would overflow the stack on a text with a million escapes.
 */
export function parseExactJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('"', at);
    const end = open < 0 ? text.length : open;
    parts.push(text.slice(at, end).replace(longInteger, '"$&"'));
    at = open < 0 ? end : endOfString(text, open);
    parts.push(text.slice(end, at));
  }
  return JSON.parse(parts.join(""));
}

/** Place after the string that begins at `open`. */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 1)) {
    let slashes = 0;
    while (text[close - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return close + 1;
  }
  return text.length;
}
