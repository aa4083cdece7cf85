import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openDuckDb } from "#src/engine/duckdb.js";
import { writeSales } from "../../engines/made-orders.js";

/** Order lines of the workbook; its customers are fewer than the sample on which a cluster decides, so that definitions agree. */
const saleLines = 10_000;

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a workbook over order lines comes to. */
export interface FittedSales {
  /** Text of the definition. */
  readonly definition: string;
  /** Rows read and kept, and those set aside by reason. */
  readonly account: unknown;
}

/** Writes the order lines into `FOLDER/sales`, and checks and fits a workbook over the file on this machine. */
export async function fitSalesHere(folder: string): Promise<FittedSales & { readonly sales: string }> {
  const engine = await openDuckDb();
  const sales = await writeSales(engine, folder, saleLines);
  engine.close();
  const place = join(folder, "here");
  writeSalesWorkbook(
    place,
    "engine: { kind: duckdb }",
    `path: ${join(sales, "part.parquet")}\n    allowOutside: true`,
  );
  return { sales, ...(await fitSales(place)) };
}

/** Writes `FOLDER/segbook.yaml` over order lines, with lines of YAML that say the engine and where the orders lie. */
export function writeSalesWorkbook(folder: string, engine: string, place: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "segbook.yaml"),
    `name: Sales
asOf: 2026-03-31
key: customer
money: { currency: EUR, decimals: 2 }
${engine}
sources:
  orders:
    kind: transactions
    ${place}
    columns: { customer: customer, invoice: invoice, date: day, quantity: pieces, price: unit_price, category: category, region: region }
    returns: { policy: net }
basis: [recency_days, order_count, spend]
segmentation: { seed: 7, starts: 5, counts: [1, 4] }
`,
  );
}

/** Runs `segbook check` and `segbook fit` in a folder. */
export async function fitSales(folder: string): Promise<FittedSales> {
  const { sources } = JSON.parse(await succeed(folder, ["check", "--json"])) as {
    readonly sources: readonly {
      readonly rowsRead: number;
      readonly rowsKept: number;
      readonly dropped: readonly { readonly reason: string; readonly rows: number }[];
    }[];
  };
  await succeed(folder, ["fit", "--output", "definition.json", "--count", "4"]);
  return {
    definition: readFileSync(join(folder, "definition.json"), "utf8"),
    account: sources.map(({ rowsRead, rowsKept, dropped }) => ({
      rowsRead,
      rowsKept,
      dropped: Object.fromEntries(dropped.map(({ reason, rows }) => [reason, rows])),
    })),
  };
}

async function succeed(folder: string, words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runSegbook(folder, words).ended;
  if (code !== 0) throw new Error(`segbook ${words[0]} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Starts `segbook` in a folder. */
export function runSegbook(
  folder: string,
  words: readonly string[],
): { interrupt(): void; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [resolve("bin/segbook.js"), ...words], { cwd: folder });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { interrupt: () => void child.kill("SIGINT"), ended };
}
