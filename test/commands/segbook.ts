import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** What a command said and how it ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  /** The document of `--json`; empty where there is none. */
  readonly document: Record<string, unknown>;
}

/** Runs `segbook` as a user would, in a folder of its own. */
export function segbook(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("bin/segbook.js"), ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, SEGBOOK_DATASETS: "", ...environment },
    timeout: 300_000,
  });
  const isJson = words.includes("--json") && stdout !== "";
  return { exitCode: status, output: stdout, errors: stderr, document: isJson ? JSON.parse(stdout) : {} };
}

const made: string[] = [];
process.once("exit", () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with the given files, removed when the test process ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A workbook over one file of orders. */
export const ordersWorkbook = `name: Test
asOf: 2026-03-31
key: customer_id
money: { currency: EUR, decimals: 2 }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: customer, invoice: invoice, date: date, product: product, quantity: quantity, price: price }
basis: [recency_days, order_count, spend]
segmentation: { counts: [1, 3], starts: 5, seed: 1 }
`;

export const ordersHeader = "customer,invoice,date,product,quantity,price";

/** Orders of `count` customers in two kinds: rare and small, frequent and large. */
export function ordersOf(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const key = String(i).padStart(4, "0");
    const often = i % 2 === 0;
    const day = String((i % 27) + 1).padStart(2, "0");
    const month = often ? "03" : "01";
    const orders = often ? 4 + (i % 3) : 1;
    return Array.from(
      { length: orders },
      (_, j) =>
        `${key},${key}-${j},2026-${month}-${day},shirt,${often ? 3 : 1},${often ? 40 + (i % 5) : 9 + (i % 4)}.50`,
    );
  });
  return `${[ordersHeader, ...lines.flat()].join("\n")}\n`;
}
