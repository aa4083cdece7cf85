import { gunzipSync, inflateSync } from "node:zlib";

/** Text found inside coded text. */
export interface HiddenText {
  readonly text: string;
  /** Where the coded text begins, in characters. */
  readonly offset: number;
}

/** Shorter runs hold no whole e-mail address. */
const run = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

/** Longest text that a packed part may come to. */
const unpackedLimit = 50_000_000;

/**
 * Text written as base64 or base64url, packed by gzip or zlib or not. What decodes to anything but text (a picture, numbers) is left
 * out, and so are ordinary words. O(length).
 */
export function hiddenTexts(text: string): readonly HiddenText[] {
  const found: HiddenText[] = [];
  for (const match of text.matchAll(run)) {
    const coded = match[0];
    if (!looksCoded(coded)) continue;
    const decoded = decodedText(Buffer.from(coded, "base64"));
    if (decoded !== undefined) found.push({ text: decoded, offset: match.index });
  }
  return found;
}

/** A word, a path or a hash in hexadecimal letters is no base64 that holds text. */
function looksCoded(text: string): boolean {
  if (/^[a-z]+$|^[A-Z]+$|^[a-z_]+$|^[0-9a-f]+$|^[0-9-]+$/.test(text)) return false;
  return /[a-z]/.test(text) && /[A-Z]/.test(text);
}

function decodedText(bytes: Buffer): string | undefined {
  const plain = unpacked(bytes) ?? bytes;
  if (plain.length < 8 || !isText(plain)) return undefined;
  return plain.toString(plain.includes(0) ? "utf16le" : "utf8");
}

function unpacked(bytes: Buffer): Buffer | undefined {
  const unpack =
    bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync : bytes[0] === 0x78 ? inflateSync : undefined;
  if (unpack === undefined) return undefined;
  try {
    return unpack(bytes, { maxOutputLength: unpackedLimit });
  } catch {
    return undefined;
  }
}

/** Nearly all of the start is printable; every second byte may be 0 (UTF-16). */
function isText(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, 4000);
  let printable = 0;
  let wide = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!;
    if ((byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13) printable++;
    else if (byte >= 0xc2 && byte < 0xf5 && (bytes[i + 1]! & 0xc0) === 0x80) printable += 2;
    else if (byte === 0 && i % 2 === 1) wide++;
  }
  return printable >= 0.95 * length || (wide >= 0.4 * length && printable + wide >= 0.95 * length);
}
