import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { assertRefused, runCommand } from "./run-command.js";
import { folderWith, ordersHeader, ordersWorkbook } from "./segbook.js";

const good = "0017,A1,2026-01-05,shirt,2,9.95";

const folderOf = (orders: string | Uint8Array, workbook: string = ordersWorkbook): string =>
  folderWith({ "segbook.yaml": workbook, "orders.csv": orders });

const ordersRefused = (orders: string, message: RegExp, workbook?: string): Promise<void> =>
  assertRefused(folderOf(orders, workbook), ["check"], message);

/** What `segbook check` tells of the orders. */
interface Account {
  readonly customers: { readonly kept: number };
  readonly sources: readonly {
    readonly rowsRead: number;
    readonly rowsKept: number;
    readonly dropped: readonly {
      readonly reason: string;
      readonly rows: number;
      readonly examples: readonly { readonly line: number }[];
    }[];
  }[];
}

/** Reason → rows and first line, with the account's own sum checked. */
function droppedIn({ sources: [source] }: Account): Record<string, [number, number]> {
  assert.equal(source!.rowsRead, source!.rowsKept + source!.dropped.reduce((sum, { rows }) => sum + rows, 0));
  return Object.fromEntries(
    source!.dropped.map(({ reason, rows, examples }) => [reason, [rows, examples[0]!.line]]),
  );
}

async function checkOrders(orders: string | Uint8Array): Promise<Account> {
  return (await runCommand(folderOf(orders), ["check"])).document as Account;
}

test("a workbook with a misspelt key names line, column and the nearest key", async () => {
  const workbook = ordersWorkbook.replace("asOf:", "as_of:");
  await ordersRefused(
    `${ordersHeader}\n${good}\n`,
    /segbook\.yaml.*(line )?2.*Did you mean "asOf"/s,
    workbook,
  );
});

test("a source that is not there", async () => {
  await assertRefused(folderWith({ "segbook.yaml": ordersWorkbook }), ["check"], /orders\.csv.*--data/s);
});

test("a column that is not there", async () => {
  await ordersRefused(
    `customer,invoice,date,product,quantity,prize\n${good}\n`,
    /"price".*Did you mean "prize"/s,
  );
});

test("semicolons where commas were declared", async () => {
  await ordersRefused(`${ordersHeader}\n${good}\n`.replaceAll(",", ";"), /seems to use ";"/);
});

test("an empty file, and a header without rows", async () => {
  await ordersRefused("", /orders\.csv must .*got/);
  await ordersRefused(`${ordersHeader}\n`, /orders\.csv must .*got/);
});

test("faulty lines are in the account with reason and line, and nothing is changed in silence", async () => {
  const lines = [
    ordersHeader,
    good,
    "0018,A2,2026-01-05",
    "0018,A2,2026-01-05,shirt,1,9.95,what,is,this",
    "0018,A3,2026-01-05,shirt,NaN,9.95",
    "0018,A4,2026-01-05,shirt,1,inf",
    "0018,A5,2026-01-05,shirt,1,1_000",
    "0018,A6,05.01.2026,shirt,1,9.95",
    ",A7,2026-01-05,shirt,1,9.95",
    "0018,A8,2026-01-05,shirt,1,0",
    "0018,A9,2026-01-05,shirt,1,9.951",
    "0018,B1,2026-05-05,shirt,1,9.95",
    "9007199254740993,B2,2026-01-05,<script>alert(1)</script>,1,9.95",
    '9007199254740992,B3,2026-01-05,"=cmd()",1,9.95',
  ];
  const result = await checkOrders(`${lines.join("\n")}\n`);
  assert.deepEqual(droppedIn(result), {
    "too-few-columns": [1, 3],
    "too-many-columns": [1, 4],
    "not-a-number": [3, 5],
    "not-a-date": [1, 8],
    "missing-customer": [1, 9],
    "zero-price": [1, 10],
    "too-many-decimals": [1, 11],
    "after-as-of": [1, 12],
  });
  assert.equal(result.customers.kept, 3);
});

test("an unterminated quote is reported where it opens and does not eat the file", async () => {
  const result = await checkOrders(
    `${ordersHeader}\n${good}\n0018,A2,2026-01-05,"shirt,1,9.95\n${good.replace("A1", "A3")}\n`,
  );
  assert.equal(droppedIn(result)["unterminated-quote"]?.[1], 3);
});

test("bytes that are not UTF-8", async () => {
  const orders = Buffer.concat([
    Buffer.from(`${ordersHeader}\n${good}\n0018,A2,2026-01-05,caf`),
    Buffer.from([0xe9]),
    Buffer.from(",1,9.95\n"),
  ]);
  assert.deepEqual(droppedIn(await checkOrders(orders)), { "invalid-encoding": [1, 3] });
});

test("one customer, and customers who are all equal, cannot be segmented", async () => {
  const one = folderOf(`${ordersHeader}\n${good}\n`);
  await assertRefused(one, ["fit", "--output", "d.json"], /must hold at least one column that varies/);
  const same = [1, 2, 3, 4, 5].map((i) => good.replace("0017", `c${i}`).replace("A1", `A${i}`));
  const equal = folderOf(`${[ordersHeader, ...same].join("\n")}\n`);
  await assertRefused(equal, ["fit", "--output", "d.json"], /must hold at least one column that varies/);
});

test("a constant column is left out with a note", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `c${i},${i % 2 ? 10 + (i % 5) : 90 + (i % 7)},1`);
  const folder = folderWith({ "customers.csv": `id,spend,flag\n${rows.join("\n")}\n` });
  const fit = "fit --input customers.csv --key id --basis spend,flag --starts 3 --output d.json".split(" ");
  const { document } = await runCommand(folder, fit);
  assert.match(String((document as { notes: unknown }).notes), /flag/);
});

test("a customer who stands twice in a file with one row each", async () => {
  const folder = folderWith({ "customers.csv": "id,spend\na,1\nb,2\na,3\n" });
  const fit = ["fit", "--input", "customers.csv", "--key", "id", "--basis", "spend", "--output", "d.json"];
  await assertRefused(folder, fit, /"a".*(2 and 4|lines)/s);
});

test("columns named values, __proto__ and a quote are columns like others; ids stay text", async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `000${i},${i % 2 ? i : 500 + i},${(i * 7) % 50},${i % 3}`,
  );
  const folder = folderWith({ "customers.csv": `id,values,__proto__,"a""b"\n${rows.join("\n")}\n` });
  const fit = [
    ..."fit --input customers.csv --key id --starts 3 --output d.json --basis".split(" "),
    'values,__proto__,a"b',
  ];
  await runCommand(folder, fit);
  const assign = ["assign", "--definition", "d.json", "--input", "customers.csv", "--output", "a.csv"];
  const { document } = await runCommand(folder, assign);
  assert.equal((document as { rows: number }).rows, 60);
  const verify = ["verify", "--definition", "d.json", "--input", "customers.csv", "--targets", "duckdb"];
  assert.equal((await runCommand(folder, verify)).exitCode, 0);
});

test("a compressed file that was cut off is refused, not read in part", async () => {
  const whole = gzipSync(
    `id,spend,visits\n${Array.from({ length: 5000 }, (_, i) => `c${i},${i},${i % 7}`).join("\n")}\n`,
  );
  const folder = folderWith({ "c.csv.gz": whole.subarray(0, whole.length / 2) });
  const words = "fit --input c.csv.gz --key id --basis spend,visits --output d.json".split(" ");
  await assertRefused(folder, words, /must be whole, got gzip data that do not unpack/);
});
