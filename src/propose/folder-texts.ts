/** What a new folder must know of segbook to install it. */
export interface OwnPackage {
  /** Version, or `file:` and the way to a checkout. */
  readonly spec: string;
  /** What stands in for packages that cannot be installed everywhere. */
  readonly overrides: unknown;
  /** Packages whose scripts need not run. */
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

/** `package.json` of a new workbook. */
export function packageText(name: string, { spec, overrides, allowScripts }: OwnPackage): string {
  const content = {
    name,
    private: true,
    type: "module",
    scripts: { check: "segbook check", start: "segbook run" },
    dependencies: { segbook: spec },
    overrides,
    allowScripts,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** What does not belong under version control: what is installed, and what holds or comes of customers' data. */
export const ignoreText: string = `node_modules/
history/
reports/
definitions/
data/
.segbook/
.ipynb_checkpoints/
`;

/** `README.md` of a new workbook. */
export function readmeText(name: string): string {
  return `# ${name}

Customer segments with [segbook](node_modules/segbook/README.md). \`segbook.yaml\` says what is read and how; every proposal in it
has its reason beside it. A line \`# QUESTION:\` is something the files do not say.

\`\`\`text
npm install          once
npx segbook check    what was read, what was set aside and why
npx segbook run      all notebooks → reports/…/index.html
\`\`\`

The notebooks in \`notebooks/\` are yours to change. The data stay where they are.
`;
}

/** A workbook that says what to fill in. @param asOf - Any day, `YYYY-MM-DD`. */
export function emptyWorkbook(title: string, asOf: string): string {
  return `# yaml-language-server: $schema=./node_modules/segbook/schema/workbook.schema.json
# A workbook to fill in. Or let segbook look at your files: segbook init DIR --from customers.csv orders.csv
name: ${JSON.stringify(title)}
asOf: ${asOf}             # the last day that is known; recency counts back from it
key: customer_id             # the customer key's name in every output
money: { currency: EUR, decimals: 2 }

sources:
  orders:
    kind: transactions       # or customers, survey, web, social, campaigns, subscriptions, support
    path: orders.csv         # beside this file; a folder elsewhere: allowOutside: true
    dateFormat: "%Y-%m-%d"
    columns:                 # our word: column of the file
      customer: customer_id
      invoice: order_id
      date: date
      quantity: quantity
      price: unit_price
    returns: { policy: net } # negative quantities reduce spend; drop: they do not count

# What forms the segments: 3 to 8 numbers that do not say the same.
basis: [recency_days, order_count, average_order_value]

segmentation: { counts: [1, 10], starts: 50, seed: 1 }
`;
}
