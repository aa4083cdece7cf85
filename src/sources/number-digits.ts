/** A double with the fewest digits that identify it, without an exponent: ids stay ids and prices are exact decimals. */
export function plainNumber(value: number): string {
  return plainDigits(String(value));
}

/** A number in JSON or JavaScript notation without its exponent: `1.5e3` becomes `1500`. Digits are moved, none is lost. */
export function plainDigits(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/.exec(text);
  if (parts === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = digits.padStart(digits.length + Math.max(0, 1 - point), "0");
  const at = Math.max(point, 1);
  const left = padded
    .slice(0, at)
    .padEnd(at, "0")
    .replace(/^0+(?=\d)/, "");
  const right = padded.slice(at);
  return sign + (/[1-9]/.test(right) ? `${left}.${right}` : left);
}
