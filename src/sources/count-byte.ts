/**
 * How often a byte occurs; four bytes at a time, because it is asked of every byte of a large file.
 *
 * @param from - First byte looked at.
 * @param to - First byte not looked at.
 */
export function countByte(
  buffer: Buffer,
  byte: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let count = 0;
  let at = from;
  for (; at < to && (buffer.byteOffset + at) % 4 !== 0; at++) if (buffer[at] === byte) count++;
  const wordCount = Math.max(0, (to - at) >> 2);
  const words = new Int32Array(buffer.buffer, buffer.byteOffset + at, wordCount);
  const pattern = byte * 0x01010101;
  for (let start = 0; start < wordCount; start += 255) {
    const end = Math.min(start + 255, wordCount);
    // One count per byte position, which 255 words cannot overflow.
    let counts = 0;
    for (let i = start; i < end; i++) {
      const rest = words[i]! ^ pattern;
      const isOther = ((rest & 0x7f7f7f7f) + 0x7f7f7f7f) | rest | 0x7f7f7f7f;
      counts += (~isOther >>> 7) & 0x01010101;
    }
    count += (counts & 255) + ((counts >>> 8) & 255) + ((counts >>> 16) & 255) + (counts >>> 24);
  }
  for (at += 4 * wordCount; at < to; at++) if (buffer[at] === byte) count++;
  return count;
}
