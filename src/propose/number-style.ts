/** How a column writes numbers. */
export interface NumberStyle {
  readonly decimalSeparator: "." | ",";
  readonly thousandsSeparator: "" | "." | "," | " " | "'";
}

/** Numbers of one column. */
export interface NumberReading extends NumberStyle {
  /** In the order of the file. */
  readonly values: Float64Array;
  /** Most decimals that a value has; zeros at the end do not count. */
  readonly decimals: number;
  /** Whether every value is written with `.0` at its end, as programs write whole numbers of a column with gaps. */
  readonly hasFloatIds: boolean;
  /** Whether the decimal mark is a guess: no value shows which it is. */
  readonly isOpen: boolean;
}

const styles: readonly NumberStyle[] = [
  { decimalSeparator: ".", thousandsSeparator: "" },
  { decimalSeparator: ",", thousandsSeparator: "" },
  { decimalSeparator: ",", thousandsSeparator: "." },
  { decimalSeparator: ".", thousandsSeparator: "," },
  { decimalSeparator: ",", thousandsSeparator: " " },
  { decimalSeparator: ".", thousandsSeparator: " " },
  { decimalSeparator: ".", thousandsSeparator: "'" },
];

/** Share of the values that must read as numbers. */
const enough = 0.95;

/** The numbers of a column, or undefined where fewer than 95 % of the values are numbers. @param values - Filled values, trimmed. */
export function sniffNumbers(values: readonly string[]): NumberReading | undefined {
  const counted = styles.map((style) => {
    const pattern = patternOf(style);
    return { style, texts: values.filter((text) => pattern.test(text)) };
  });
  const best = counted.reduce((a, b) => (b.texts.length > a.texts.length ? b : a));
  if (values.length === 0 || best.texts.length < values.length * enough) return undefined;
  const { decimalSeparator, thousandsSeparator } = best.style;
  const plain = best.texts.map((text) =>
    text
      .replaceAll(thousandsSeparator === "" ? "\u0000" : thousandsSeparator, "")
      .replace(decimalSeparator, "."),
  );
  const decimals = plain.reduce((most, text) => Math.max(most, decimalsOf(text)), 0);
  return {
    decimalSeparator,
    thousandsSeparator,
    values: Float64Array.from(plain, Number),
    decimals,
    hasFloatIds: plain.every((text) => /^\d+\.0$/.test(text)),
    isOpen: !plain.some((text) => /[.]\d/.test(text)),
  };
}

function patternOf({ decimalSeparator, thousandsSeparator }: NumberStyle): RegExp {
  const mark = decimalSeparator === "." ? "\\." : ",";
  const whole =
    thousandsSeparator === ""
      ? "\\d+"
      : `\\d{1,3}(?:[${thousandsSeparator === "." ? "\\." : thousandsSeparator}]\\d{3})*`;
  return new RegExp(
    `^[+-]?(?:${whole}(?:${mark}\\d*)?|${mark}\\d+)${thousandsSeparator === "" ? "(?:[eE][+-]?\\d{1,3})?" : ""}$`,
  );
}

function decimalsOf(text: string): number {
  const [, digits = ""] = /\.(\d*?)0*(?:[eE].*)?$/.exec(text) ?? [];
  return digits.length;
}
