import { createRandom } from "#src/core/random.js";

/** An order line of the made shop. */
export interface MadeLine {
  readonly customer: string;
  readonly invoice: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly product: string;
  readonly quantity: number;
  /** In euros. */
  readonly price: number;
}

/** How the customers of a kind buy; days count back from the second date. */
interface Kind {
  readonly orders: number;
  readonly price: number;
  /** First and last day on which one of them may buy. */
  readonly days: readonly [first: number, last: number];
}

/** Those who buy often, those who buy seldom and dear, and those who stopped long ago. */
const kinds: readonly Kind[] = [
  { orders: 14, price: 12, days: [360, 1] },
  { orders: 4, price: 150, days: [360, 1] },
  { orders: 2, price: 25, days: [360, 240] },
];

/** The first and the second date of the made shop. */
export const madeDates = ["2025-06-30", "2025-09-30"] as const;

/** Two years are enough for every window. */
export const madeWorkbook = `name: Made shop
asOf: ${madeDates[0]}
key: customer_id
money: { currency: EUR, decimals: 2 }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: customer, invoice: invoice, date: date, product: product, quantity: quantity, price: price }
basis: [recency_days, order_count, average_order_value]
segmentation: { counts: [1, 4], starts: 5, seed: 1 }
`;

/** Lines of customers of three kinds that differ clearly; the same for the same count. */
export function madeLines(customers: number): readonly MadeLine[] {
  const random = createRandom(11);
  return Array.from({ length: customers }, (_, i) => {
    const { orders, price, days } = kinds[i % kinds.length]!;
    const [first, last] = days;
    const customer = `K${String(i).padStart(5, "0")}`;
    // One order soon, so that most customers are there at the first date.
    return Array.from({ length: orders + random.below(3) }, (_order, j): MadeLine => {
      const back = j === 0 ? first - random.below(60) : last + random.below(first - last);
      return {
        customer,
        invoice: `${customer}-${j}`,
        date: daysBefore(madeDates[1], back),
        product: ["shirt", "coat", "hat"][random.below(3)]!,
        quantity: 1 + random.below(2),
        price: Math.round(price * (80 + random.below(40))) / 100,
      };
    });
  }).flat();
}

/** The lines as a file of orders. */
export function ordersFile(lines: readonly MadeLine[]): string {
  const rows = lines.map(
    ({ customer, invoice, date, product, quantity, price }) =>
      `${customer},${invoice},${date},${product},${quantity},${price.toFixed(2)}`,
  );
  return `${["customer,invoice,date,product,quantity,price", ...rows].join("\n")}\n`;
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}
