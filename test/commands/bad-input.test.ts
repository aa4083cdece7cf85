import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  type CommandResult,
  folderWith,
  ordersHeader,
  ordersOf,
  ordersWorkbook,
  segbook,
} from "./segbook.js";

const good = "0017,A1,2026-01-05,shirt,2,9.95";

/** Exit code 2, one sentence, no stack, nothing on standard output. */
function isRefused(result: CommandResult, message: RegExp): void {
  assert.equal(result.exitCode, 2, result.errors || result.output);
  assert.match(result.errors, message);
  assert.doesNotMatch(result.errors, /\n\s+at |node:internal|mistake of ours/);
  assert.equal(result.output, "");
}

const checkOrders = (orders: string | Uint8Array, workbook: string = ordersWorkbook): CommandResult =>
  segbook(folderWith({ "segbook.yaml": workbook, "orders.csv": orders }), ["check", "--json"]);

interface Account {
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
function droppedIn({ document, errors }: CommandResult): Record<string, [number, number]> {
  assert.ok(document.sources, errors);
  const [source] = (document as unknown as Account).sources;
  assert.equal(source!.rowsRead, source!.rowsKept + source!.dropped.reduce((sum, { rows }) => sum + rows, 0));
  return Object.fromEntries(
    source!.dropped.map(({ reason, rows, examples }) => [reason, [rows, examples[0]!.line]]),
  );
}

test("a workbook that is not there", () => {
  isRefused(segbook(folderWith({}), ["check"]), /segbook\.yaml/);
});

test("a workbook with a misspelt key names line, column and the nearest key", () => {
  const workbook = ordersWorkbook.replace("asOf:", "as_of:");
  isRefused(
    checkOrders(`${ordersHeader}\n${good}\n`, workbook),
    /segbook\.yaml.*(line )?2.*Did you mean "asOf"/s,
  );
});

test("a source that is not there", () => {
  isRefused(segbook(folderWith({ "segbook.yaml": ordersWorkbook }), ["check"]), /orders\.csv.*--data/s);
});

test("a column that is not there", () => {
  isRefused(
    checkOrders(`customer,invoice,date,product,quantity,prize\n${good}\n`),
    /"price".*Did you mean "prize"/s,
  );
});

test("semicolons where commas were declared", () => {
  isRefused(checkOrders(`${ordersHeader}\n${good}\n`.replaceAll(",", ";")), /seems to use ";"/);
});

test("an empty file, and a header without rows", () => {
  isRefused(checkOrders(""), /orders\.csv must .*got/);
  isRefused(checkOrders(`${ordersHeader}\n`), /orders\.csv must .*got/);
});

test("faulty lines are in the account with reason and line, and nothing is changed in silence", () => {
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
  const result = checkOrders(`${lines.join("\n")}\n`);
  assert.equal(result.exitCode, 0, result.errors);
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
  assert.deepEqual((result.document.customers as { kept: number }).kept, 3);
});

test("an unterminated quote is reported where it opens and does not eat the file", () => {
  const result = checkOrders(
    `${ordersHeader}\n${good}\n0018,A2,2026-01-05,"shirt,1,9.95\n${good.replace("A1", "A3")}\n`,
  );
  if (result.exitCode === 2) return isRefused(result, /quote/);
  const dropped = droppedIn(result);
  assert.equal(dropped["unterminated-quote"]?.[1], 3);
});

test("bytes that are not UTF-8", () => {
  const orders = Buffer.concat([
    Buffer.from(`${ordersHeader}\n${good}\n0018,A2,2026-01-05,caf`),
    Buffer.from([0xe9]),
    Buffer.from(",1,9.95\n"),
  ]);
  const result = checkOrders(orders);
  assert.equal(result.exitCode, 0, result.errors);
  assert.deepEqual(droppedIn(result), { "invalid-encoding": [1, 3] });
});

test("one customer, and customers who are all equal, cannot be segmented", () => {
  const one = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": `${ordersHeader}\n${good}\n` });
  isRefused(segbook(one, ["fit", "--output", "d.json"]), /must hold at least one column that varies/);
  const same = [1, 2, 3, 4, 5].map((i) => good.replace("0017", `c${i}`).replace("A1", `A${i}`));
  const equal = folderWith({
    "segbook.yaml": ordersWorkbook,
    "orders.csv": `${[ordersHeader, ...same].join("\n")}\n`,
  });
  isRefused(segbook(equal, ["fit", "--output", "d.json"]), /must hold at least one column that varies/);
});

test("a constant column is left out with a note", () => {
  const rows = Array.from({ length: 40 }, (_, i) => `c${i},${i % 2 ? 10 + (i % 5) : 90 + (i % 7)},1`);
  const folder = folderWith({ "customers.csv": `id,spend,flag\n${rows.join("\n")}\n` });
  const fit = [
    "fit",
    "--input",
    "customers.csv",
    "--key",
    "id",
    "--basis",
    "spend,flag",
    "--output",
    "d.json",
  ];
  const result = segbook(folder, [...fit, "--json"]);
  assert.equal(result.exitCode, 0, result.errors);
  assert.match(String(result.document.notes), /flag/);
});

test("a customer who stands twice in a file with one row each", () => {
  const folder = folderWith({ "customers.csv": "id,spend\na,1\nb,2\na,3\n" });
  const fit = ["fit", "--input", "customers.csv", "--key", "id", "--basis", "spend", "--output", "d.json"];
  isRefused(segbook(folder, fit), /"a".*(2 and 4|lines)/s);
});

test("columns named values, __proto__ and a quote are columns like others; ids stay text", () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `000${i},${i % 2 ? i : 500 + i},${(i * 7) % 50},${i % 3}`,
  );
  const folder = folderWith({ "customers.csv": `id,values,__proto__,"a""b"\n${rows.join("\n")}\n` });
  const fit = [
    "fit",
    "--input",
    "customers.csv",
    "--key",
    "id",
    "--basis",
    'values,__proto__,a"b',
    "--output",
    "d.json",
  ];
  const fitted = segbook(folder, [...fit, "--json"]);
  assert.equal(fitted.exitCode, 0, fitted.errors);
  const assign = ["assign", "--definition", "d.json", "--input", "customers.csv", "--output", "a.csv"];
  const assigned = segbook(folder, [...assign, "--json"]);
  assert.equal(assigned.exitCode, 0, assigned.errors);
  assert.equal(assigned.document.rows, 60);
  const verify = segbook(folder, [
    "verify",
    "--definition",
    "d.json",
    "--input",
    "customers.csv",
    "--targets",
    "duckdb",
  ]);
  assert.equal(verify.exitCode, 0, verify.errors + verify.output);
});

test("commands and options that do not exist name the nearest one", () => {
  const folder = folderWith({});
  isRefused(segbook(folder, ["chekc"]), /Did you mean "check"/);
  isRefused(segbook(folder, ["check", "--workbok", "x"]), /Did you mean "workbook"/);
  isRefused(segbook(folder, ["refresh", "--as-of", "2026-02-30"]), /--as-of must be a day/);
  isRefused(segbook(folder, ["compare", "old.json"]), /arguments must be "segbook compare OLD.json NEW.json/);
  isRefused(
    segbook(folder, ["fit", "--output", "d.json", "--count", "two"]),
    /--count must be a whole number/,
  );
});

test("an unknown parameter is refused before a notebook runs", () => {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": ordersOf(40) });
  const words = ["run", "-p", "clusterCuont=3", "--workbook", "segbook.yaml"];
  isRefused(segbook(folder, words), /Did you mean "clusterCount"/);
});

const sixty = Array.from({ length: 60 }, (_, i) => `c${i},${i % 2 ? i : 500 + i},${(i * 7) % 50}`);
const customers = `id,spend,visits\n${sixty.join("\n")}\n`;
const fitCustomers = [
  "fit",
  "--input",
  "customers.csv",
  "--key",
  "id",
  "--basis",
  "spend,visits",
  "--starts",
  "3",
];

test("an output that cannot be written is refused before any work, with nothing left behind", () => {
  const folder = folderWith({ "customers.csv": customers, "segbook.yaml": ordersWorkbook, "taken/x": "" });
  isRefused(
    segbook(folder, [...fitCustomers, "--output", "taken"]),
    /--output must name a file.*got a folder/,
  );
  isRefused(
    segbook(folder, [...fitCustomers, "--output", "customers.csv/d.json"]),
    /got a file where a folder is due/,
  );
  isRefused(segbook(folder, [...fitCustomers, "--output", ""]), /--output must be given/);
  isRefused(segbook(folder, ["features", "--output", "taken/x/f.csv"]), /got a file where a folder is due/);
  isRefused(
    segbook(folder, ["kernel", "install", "--prefix", "customers.csv"]),
    /got a file where a folder is due/,
  );
  assert.deepEqual(readdirSync(folder).sort(), ["customers.csv", "segbook.yaml", "taken"]);
});

test("no command writes over a file that it reads", () => {
  const folder = folderWith({ "customers.csv": customers });
  isRefused(segbook(folder, [...fitCustomers, "--output", "./customers.csv"]), /another file than --input/);
  const words = ["assign", "--definition", "d.json", "--input", "customers.csv", "--output"];
  isRefused(segbook(folder, [...words, "customers.csv"]), /another file than --input/);
  isRefused(segbook(folder, [...words, "d.json"]), /another file than --definition/);
  assert.equal(readFileSync(join(folder, "customers.csv"), "utf8"), customers);
});

test("options of the other way to fit are refused, not passed over", () => {
  const folder = folderWith({ "customers.csv": customers });
  isRefused(segbook(folder, ["fit", "--key", "id", "--output", "d.json"]), /--key must come with --input/);
  isRefused(
    segbook(folder, [...fitCustomers, "--workbook", "segbook.yaml", "--output", "d.json"]),
    /--workbook must not come with --input/,
  );
});

test("more columns than the lattice holds exactly are refused at once", () => {
  const names = Array.from({ length: 33 }, (_, j) => `v${j}`).join(",");
  const words = ["fit", "--input", "c.csv", "--key", "id", "--basis", names, "--output", "d.json"];
  isRefused(segbook(folderWith({}), words), /columns in --basis must be .* 1 to 32/);
});

test("a negative number is a value, not an option", () => {
  const folder = folderWith({ "customers.csv": customers });
  isRefused(
    segbook(folder, [...fitCustomers, "--output", "d.json", "--count", "-1"]),
    /--count must be a whole number of at least 1, got "-1"\n$/,
  );
});

test("a compressed file that was cut off is refused, not read in part", () => {
  const whole = gzipSync(
    `id,spend,visits\n${Array.from({ length: 5000 }, (_, i) => `c${i},${i},${i % 7}`).join("\n")}\n`,
  );
  const folder = folderWith({ "c.csv.gz": whole.subarray(0, whole.length / 2) });
  const words = [
    "fit",
    "--input",
    "c.csv.gz",
    "--key",
    "id",
    "--basis",
    "spend,visits",
    "--output",
    "d.json",
  ];
  isRefused(segbook(folder, words), /must be whole, got gzip data that do not unpack/);
});

test("a file where a folder is due is one sentence for every command", () => {
  const folder = folderWith({
    "segbook.yaml": ordersWorkbook,
    "orders.csv": ordersOf(4),
    out: "",
    "p.yaml": "a: [1",
  });
  isRefused(segbook(folder, ["check", "--data", "orders.csv"]), /must name a file that exists/);
  isRefused(segbook(folder, ["run", "--output", "out"]), /output must name a folder.*got a file/);
  isRefused(segbook(folder, ["run", "--output", "orders.csv/x"]), /output must name a folder.*got a file/);
  isRefused(segbook(folder, ["run", "--parameters", "."]), /--parameters must name a file.*got a folder/);
  isRefused(
    segbook(folder, ["run", "--parameters", "p.yaml"]),
    /--parameters must be YAML or JSON, got [^\n]*\n$/,
  );
  isRefused(segbook(folder, ["clean"]), /notebooks must be named/);
});

test("clean takes a whole path as it is", () => {
  const notebook = '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}';
  const folder = folderWith({ "a.ipynb": notebook });
  assert.equal(segbook(folder, ["clean", join(folder, "a.ipynb")]).exitCode, 0);
});

test("a target that was named but cannot be run does not pass for verified", () => {
  const folder = folderWith({ "customers.csv": customers });
  assert.equal(segbook(folder, [...fitCustomers, "--output", "d.json"]).exitCode, 0);
  const verify = ["verify", "--definition", "d.json"];
  assert.equal(segbook(folder, [...verify, "--targets", "postgresql"], { PGHOST: "" }).exitCode, 1);
  assert.equal(segbook(folder, verify, { PGHOST: "" }).exitCode, 0);
});

test("a damaged memory beside the workbook is made anew, not trusted and not an error", () => {
  const folder = folderWith({ "segbook.yaml": ordersWorkbook, "orders.csv": ordersOf(40) });
  const fit = (): unknown => segbook(folder, ["fit", "--output", "d.json", "--json"]).document.fingerprint;
  const first = fit();
  const memory = join(folder, ".segbook");
  for (const damage of ["garbage", ""]) {
    for (const file of readdirSync(memory)) writeFileSync(join(memory, file), damage);
    assert.equal(fit(), first);
  }
});
