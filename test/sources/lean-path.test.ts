import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "#src/config/read-workbook.js";
import { createRandom, type Random } from "#src/core/random.js";
import { openDuckDb } from "#src/engine/duckdb.js";
import { calendarDay, scaledNumber, wholeNumber } from "#src/sources/cell-sql.js";
import { loadSources } from "#src/sources/load-sources.js";

const workbook = `name: Made
asOf: 2026-01-01
key: customer_id
money: { currency: EUR, decimals: 2 }
sources:
  orders:
    kind: transactions
    path: orders.csv
    columns: { customer: customer, invoice: invoice, date: date, quantity: quantity, price: price, discount: discount }
basis: [recency_days, order_count, spend]
`;

/** Cells of which engines and people think differently. */
const oddCells = [
  "",
  " ",
  "\u00a0",
  " 7 ",
  "1_000",
  "1e3",
  "inf",
  "NaN",
  "-0",
  "+5",
  "007",
  "5.",
  ".5",
  "5.000",
  "0.005",
  "99999999999999999999",
  "1000000000000000.00",
  "2.5",
  "-3",
].concat(["2025-02-30", "25-01-03", "2026-05-05", "2025-06-07 ", "0011-01-01", "true", "NULL", "\t3"]);

function madeLine(random: Random, oddShare: number): string[] {
  const day = String(1 + random.below(28)).padStart(2, "0");
  const cells = [
    `C${random.below(40)}`,
    `I${random.below(200)}`,
    `2025-0${1 + random.below(9)}-${day}`,
    String(random.below(6)),
    (random.below(5000) / 100).toFixed(2),
    random.below(4) === 0 ? "0.125" : "",
  ];
  return cells.map((cell) => (random.next() < oddShare ? oddCells[random.below(oddCells.length)]! : cell));
}

/** What became of a file: the account without the file's hash, and the table. */
async function outcome(folder: string, text: string): Promise<unknown> {
  writeFileSync(join(folder, "orders.csv"), text);
  return outcomeOf(folder, false);
}

async function outcomeOf(folder: string, asViews: boolean): Promise<unknown> {
  const engine = await openDuckDb({ threads: 2, memoryLimitMb: 500 });
  try {
    const account = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")), { asViews });
    const table = await engine.rows(`SELECT * FROM "transactions"`);
    const sources = account.sources.map((source) => ({ ...source, sha256: "" }));
    return { ...account, sources, table: table.map((row) => [...row]) };
  } catch (error) {
    return (error as Error).message;
  } finally {
    engine.close();
  }
}

test("clean and dirty files come to the same account and table whether the engine reads them or every record is scanned", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  writeFileSync(join(folder, "segbook.yaml"), workbook);
  for (let seed = 1; seed <= 12; seed++) {
    const random = createRandom(seed);
    const oddShare = [0, 0.01, 0.2][seed % 3]!;
    const lines = Array.from({ length: 60 }, () => madeLine(random, oddShare).join(","));
    const text = ["customer,invoice,date,quantity,price,discount", ...lines, ""].join("\n");
    const plain = await outcome(folder, text);
    // A blank around a quoted cell changes no value, but only the careful reader takes such a file.
    const header = text.indexOf("\n") + 1;
    const end = text.indexOf(",", header);
    const careful = `${text.slice(0, header)} "${text.slice(header, end)}" ${text.slice(end)}`;
    assert.deepEqual(await outcome(folder, careful), plain, `seed ${seed}`);
  }
  rmSync(folder, { recursive: true });
});

/** Columns that a table of order lines may have in another program, day and money each in several types. */
const madeTypes = [
  { date: "DATE", quantity: "BIGINT", price: "DECIMAL(9, 2)", discount: "DECIMAL(4, 3)" },
  { date: "TIMESTAMP", quantity: "INTEGER", price: "DOUBLE", discount: "DOUBLE" },
  { date: "VARCHAR", quantity: "DOUBLE", price: "DECIMAL(18, 4)", discount: "VARCHAR" },
  { date: "TIMESTAMP WITH TIME ZONE", quantity: "DECIMAL(9, 1)", price: "INTEGER", discount: "FLOAT" },
];

/** Numbers, days and gaps that a typed column can hold and a rule may dislike. */
function typedLine(random: Random, line: number): string[] {
  const oddDays = ["2026-05-05", "1850-03-01", "2250-01-01", "2199-12-31", "1900-01-01", ""];
  const oddPrices = ["0", "0.005", "-3", "12345678901.25", "", "1.1"];
  const odd = (cells: readonly string[], usual: string) =>
    random.next() < 0.2 ? cells[random.below(cells.length)]! : usual;
  return [
    odd(["", " A7 ", "C1"], `C${random.below(40)}`),
    odd([""], `I${line}`),
    odd(oddDays, `2025-0${1 + random.below(9)}-1${random.below(9)}`),
    odd(["0", "-2", "", "1.5", "9000000000"], String(1 + random.below(9))),
    odd(oddPrices, (random.below(5000) / 100).toFixed(2)),
    odd(["0.125", "1.5", "-0.1"], ""),
  ];
}

test("typed columns of a Parquet file, copied or read in place, come to the account and table of the same rows as text", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  const engine = await openDuckDb({ threads: 2, memoryLimitMb: 500 });
  const names = ["customer", "invoice", "date", "quantity", "price", "discount"];
  for (const [i, types] of madeTypes.entries()) {
    const random = createRandom(i + 1);
    const lines = Array.from({ length: 300 }, (_, line) => typedLine(random, line));
    const values = lines.map((cells) => `(${cells.map((cell) => `nullif('${cell}', '')`).join(", ")})`);
    const typed = names.map(
      (name) => `TRY_CAST(${name} AS ${types[name as keyof typeof types] ?? "VARCHAR"}) AS ${name}`,
    );
    const file = join(folder, "orders.parquet");
    await engine.run(`CREATE OR REPLACE TABLE made AS SELECT ${typed.join(", ")} FROM (VALUES ${values.join(", ")}) AS given(${names.join(", ")});
      COPY made TO '${file}' (FORMAT parquet)`);
    // The same cells as the engine writes them: a whole double without a point, a moment as its day.
    const text = names.map((name) => {
      const isWhole = types[name as keyof typeof types]?.match(/DOUBLE|FLOAT/);
      if (name === "date" && types.date !== "VARCHAR") return `strftime(${name}, '%Y-%m-%d') AS ${name}`;
      return isWhole
        ? `regexp_replace(${name}::VARCHAR, '[.]0$', '') AS ${name}`
        : `${name}::VARCHAR AS ${name}`;
    });
    await engine.run(
      `COPY (SELECT ${text.join(", ")} FROM made) TO '${join(folder, "orders.csv")}' (FORMAT csv, HEADER true)`,
    );
    const read = async (path: string, asViews: boolean) => {
      writeFileSync(join(folder, "segbook.yaml"), workbook.replace("orders.csv", path));
      return withoutLines(await outcomeOf(folder, asViews));
    };
    const plain = await read("orders.csv", false);
    assert.equal(typeof plain, "object", String(plain));
    assert.deepEqual(await read("orders.parquet", false), plain, `types ${i}, copied`);
    assert.deepEqual(await read("orders.parquet", true), plain, `types ${i}, in place`);
  }
  engine.close();
  rmSync(folder, { recursive: true });
});

/** A row of a Parquet file counts from 1, a line of text from the header. */
function withoutLines(result: unknown): unknown {
  return JSON.parse(
    JSON.stringify(result, (key, value) => (key === "path" || key === "line" ? "" : value)),
  ) as unknown;
}

test("several sources of a kind are put together, each with its own account; of a customer in two lists the first stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "segbook-test-"));
  writeFileSync(
    join(folder, "segbook.yaml"),
    `name: Two
asOf: 2026-01-01
key: customer_id
money: { currency: EUR, decimals: 2 }
sources:
  shop: { kind: customers, path: shop.csv, columns: { customer: id }, attributes: { age: { column: age, type: number, unit: years, meaning: Age } } }
  club: { kind: customers, path: club.csv, columns: { customer: member }, attributes: { age: { column: age, type: number, unit: years, meaning: Age } } }
  web: { kind: transactions, path: web.csv, columns: { customer: c, invoice: i, date: d, quantity: q, price: p } }
  tills: { kind: transactions, path: tills.csv, columns: { customer: c, invoice: i, date: d, quantity: q, price: p } }
basis: [recency_days, order_count, spend]
`,
  );
  const files = {
    "shop.csv": "id,age\n1,30\n2,40\n",
    "club.csv": "member,age\n2,41\n3,50\n,60\n",
    "web.csv": "c,i,d,q,p\n1,a,2025-01-01,1,2.00\n3,b,2025-01-02,1,3.00\n",
    "tills.csv": "c,i,d,q,p\n2,t,2025-02-01,2,1.50\n9,u,2025-02-02,1,1.00\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 500 });
  const account = await loadSources(engine, readWorkbook(join(folder, "segbook.yaml")));
  const kept = account.sources.map(({ name, rowsRead, rowsKept, dropped }) => [
    name,
    rowsRead,
    rowsKept,
    dropped.map(({ reason, rows, examples }) => [reason, rows, examples[0]?.line]),
  ]);
  assert.deepEqual(kept, [
    ["shop", 2, 2, []],
    [
      "club",
      3,
      1,
      [
        ["missing-customer", 1, 4],
        ["duplicate-customer", 1, 2],
      ],
    ],
    ["web", 2, 2, []],
    ["tills", 2, 1, [["unknown-customer", 1, 3]]],
  ]);
  assert.deepEqual([account.customers.found, account.customers.kept], [3, 3]);
  assert.equal(account.totals?.revenueMinor, "800");
  const ages = await engine.rows(`SELECT customer_id, age FROM "customers" ORDER BY 1`);
  assert.deepEqual(
    ages.map((row) => [...row.values()]),
    [
      ["1", 30],
      ["2", 40],
      ["3", 50],
    ],
  );
  engine.close();
  rmSync(folder, { recursive: true });
});

test("numbers and days that the engine reads quickly are those that digits and a calendar give", async () => {
  const random = createRandom(3);
  const digits = () => String(random.below(10 ** (1 + random.below(9))));
  const numbers = Array.from({ length: 4000 }, () => {
    const sign = ["", "", "-", "+"][random.below(4)]!;
    const tail = ["", ".", `.${digits()}`, `.${digits()}00`, "e2"][random.below(5)]!;
    return `${sign}${digits()}${tail}`;
  }).concat(oddCells);
  const days = Array.from({ length: 2000 }, () => {
    const [month, day] = [random.below(14), random.below(33)].map((part) => String(part).padStart(2, "0"));
    return `${[1899, 1900, 2024, 2025, 2199, 2200][random.below(6)]}-${month}-${day}`;
  });
  const style = { decimalSeparator: ".", thousandsSeparator: "", dateFormat: "%Y-%m-%d" } as const;
  const list = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(", ");
  const engine = await openDuckDb({ threads: 1, memoryLimitMb: 500 });
  const cells =
    await engine.rows(`SELECT t, ${scaledNumber("t", 2, style)}::VARCHAR AS minor, ${wholeNumber("t", style)}::VARCHAR AS whole
    FROM (SELECT unnest([${list(numbers)}]) AS t)`);
  for (const cell of cells) {
    const text = String(cell.get("t"));
    const [, sign, whole = "", rest = ""] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
    const tail = rest.replace(/0+$/, "");
    const isNumber = sign !== undefined && /\d/.test(whole + rest) && whole.length < 17;
    const signed = (value: string) => String(BigInt(`${sign === "-" ? "-" : ""}${BigInt(value)}`));
    const minor = isNumber && tail.length <= 2 ? signed(`0${whole}${tail.padEnd(2, "0")}`) : null;
    assert.equal(cell.get("minor"), minor, text);
    assert.equal(cell.get("whole"), isNumber && whole !== "" && tail === "" ? signed(whole) : null, text);
  }
  const read = await engine.rows(
    `SELECT t, ${calendarDay("t", style)}::VARCHAR AS day FROM (SELECT unnest([${list(days)}]) AS t)`,
  );
  for (const row of read) {
    const text = String(row.get("t"));
    const time = Date.parse(`${text}T00:00:00Z`);
    const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
    assert.equal(row.get("day"), isDay && text >= "1900" && text < "2200" ? text : null, text);
  }
  engine.close();
});
