const sixty = Array.from({ length: 60 }, (_, i) => `c${i},${i % 2 ? i : 500 + i},${(i * 7) % 50}`);

/** The text of `customers.csv`: one line for each of 60 customers in two kinds. */
export const customerLines = `id,spend,visits\n${sixty.join("\n")}\n`;

/** The words of a quick fit of `customers.csv`, but for `--output`. */
export const fitCustomers: readonly string[] =
  "fit --input customers.csv --key id --basis spend,visits --starts 3".split(" ");
