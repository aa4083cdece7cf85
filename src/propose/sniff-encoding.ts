import { isUtf8 } from "node:buffer";

/** Label of the encoding that a file's first bytes are in: a mark at the beginning, else the zeros of UTF-16, else UTF-8 if it is that. */
export function sniffEncoding(bytes: Uint8Array): "utf-8" | "utf-16" | "latin-1" {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "utf-16";
  if (hasZerosAtEverySecond(bytes)) return "utf-16";
  return isUtf8(wholeLetters(bytes)) ? "utf-8" : "latin-1";
}

/** Whether bytes are no text at all: a NUL where no letter of UTF-16 has one, or many control characters. */
export function isBinary(bytes: Uint8Array): boolean {
  if (sniffEncoding(bytes) === "utf-16") return false;
  const controls = bytes.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return controls > bytes.length / 100;
}

/** Latin letters in UTF-16 have a zero in every second byte. */
function hasZerosAtEverySecond(bytes: Uint8Array): boolean {
  const pairs = Math.floor(Math.min(bytes.length, 2000) / 2);
  if (pairs < 4) return false;
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) even++;
    if (bytes[2 * i + 1] === 0) odd++;
  }
  return Math.max(even, odd) > pairs * 0.6 && Math.min(even, odd) < pairs * 0.1;
}

/** Less the last letter, which the end of the sample may cut in two. */
function wholeLetters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (back < length) end = bytes.length - back;
      break;
    }
  }
  return bytes.subarray(0, end);
}
