// The locale is named, so that the machine's own language settings change nothing.
const threeDigits: Intl.NumberFormat = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
const everyDigit: Intl.NumberFormat = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 14 });
const whole: Intl.NumberFormat = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const decimalFormats = new Map<number, Intl.NumberFormat>();

/** A number as prose shows it: at most three significant digits, thousands grouped, millions in words. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  const size = Math.abs(value);
  if (size >= 999_500_000) return `${digitsOf(value / 1e9)} billion`;
  if (size >= 999_500) return `${digitsOf(value / 1e6)} million`;
  return digitsOf(value);
}

/** A number with all its digits, for a limit that somebody will act on: "1,234.5". */
export function exactText(value: number): string {
  return everyDigit.format(value === 0 ? 0 : value).replace("-", "−");
}

/** A share (0–1) as per cent: "8.1 %". What is not quite nothing, or not quite all, is never rounded to it. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.0005) return "under 0.05 %";
  if (share < 1 && share >= 0.9995) return "over 99.9 %";
  return `${digitsOf(Math.round(share * 1000) / 10)} %`;
}

/** A stability (0–1) to two decimals; what is not quite certain is never rounded to certain. */
export function stabilityText(stability: number): string {
  return stability < 1 && stability > 0.994 ? "> 0.99" : stability.toFixed(2);
}

/** A correlation (−1 to 1) to two decimals: "−0.62"; nothing is not below nothing: "0.00". */
export function correlationText(correlation: number): string {
  return correlation.toFixed(2).replace("-0.00", "0.00").replace("-", "−");
}

/** A number to so many decimals, thousands grouped: "2,054.27". */
export function decimalText(value: number, decimals: number): string {
  let format = decimalFormats.get(decimals);
  if (format === undefined) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    format = new Intl.NumberFormat("en-GB", digits);
    decimalFormats.set(decimals, format);
  }
  return format.format(value);
}

/** An amount with its currency, at most three significant digits: "2,050 GBP"; without one (XXX) the number alone. */
export function moneyText(amount: number, currency: string): string {
  return currency === "XXX" ? numberText(amount) : `${numberText(amount)} ${currency}`;
}

/** A count in full: "4,338". */
export function countText(count: number): string {
  return whole.format(count);
}

function digitsOf(value: number): string {
  return threeDigits.format(value === 0 ? 0 : value).replace("-", "−");
}

/** A number with its unit, which is singular where the number reads 1: "5 orders", "1 order", "1 cart per session". */
export function quantityText(value: number, unit: string): string {
  const number = numberText(value);
  return `${number} ${number === "1" ? singular(unit) : unit}`;
}

/** The first word loses its plural: "orders" becomes "order", "categories" "category"; "business" stays. */
function singular(unit: string): string {
  return unit.replace(/^[^\s]*/, (word) => word.replace(/ies$/, "y").replace(/([^s])s$/, "$1"));
}
