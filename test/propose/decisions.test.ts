import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { propose, tableOf } from "./made-files.js";

const day = (i: number): string => `2024-0${(i % 6) + 1}-${String((i % 27) + 1).padStart(2, "0")}`;
const orders = (more: (i: number) => readonly (string | number)[] = () => [], header = ""): string =>
  tableOf(`customer_id,order_id,date,sku,quantity,unit_price${header}`, 300, (i) => [
    `C${100 + (i % 60)}`,
    `A${5000 + Math.floor(i / 2)}`,
    day(i),
    `P${i % 17}`,
    (i % 4) + 1,
    `${9 + (i % 13)}.50`,
    ...more(i),
  ]);
const people = tableOf("customer_id,age,gender,city,loyalty_points", 60, (i) => [
  `C${100 + i}`,
  20 + (i % 50),
  i % 2 === 0 ? "female" : "male",
  ["Bonn", "Köln", "Ulm"][i % 3]!,
  (i * 37) % 101,
]);

test("orders become transactions with their columns, the last day and the first", async () => {
  const { book, kinds } = await propose({ "orders.csv": orders() });
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ["transactions"],
  );
  assert.deepEqual(book.sources.orders!.columns, {
    customer: "customer_id",
    invoice: "order_id",
    date: "date",
    quantity: "quantity",
    price: "unit_price",
    product: "sku",
  });
  assert.equal(book.asOf, "2024-06-27");
  assert.equal(book.window?.from, "2024-01-01");
  assert.deepEqual(book.basis, ["recency_days", "order_count", "average_order_value"]);
});

test("a currency is read from a name or from the country of most orders, else it is asked for", async () => {
  const asked = await propose({ "orders.csv": orders() });
  assert.equal(asked.book.money?.currency, "XXX");
  assert.match(asked.questions.join(), /which currency/);
  assert.match(asked.text, /^# QUESTION: in which currency/m);
  const named = await propose({ "orders.csv": orders().replace("unit_price", "price_eur") });
  assert.deepEqual([named.book.money?.currency, named.questions], ["EUR", []]);
  const told = await propose({ "orders.csv": orders(() => ["United Kingdom"], ",Country") });
  assert.deepEqual(told.book.money, { currency: "GBP", decimals: 2 });
});

test("negative quantities net, and invoices with a prefix that cancel do not count", async () => {
  const net = await propose({ "orders.csv": orders().replace(/,1,(\d+\.50)$/gm, ",-1,$1") });
  assert.deepEqual(net.book.sources.orders!.returns, { policy: "net" });
  const lines = orders().replace(/,A(\d+)(,[^,]+,[^,]+),1,/g, ",C$1$2,-1,");
  const cancelled = await propose({ "orders.csv": lines });
  assert.deepEqual(cancelled.book.sources.orders!.returns, { policy: "drop", invoicePrefix: "C" });
});

test("days far from all others and nearly empty do not decide the as-of day", async () => {
  const many = Array.from({ length: 5 }, () => orders().split("\n").slice(1, -1)).flat();
  const text = `${orders().split("\n")[0]}\n${many.join("\n")}\nC100,A1,2031-05-05,P1,1,9.50\n`;
  assert.equal((await propose({ "orders.csv": text })).book.asOf, "2024-06-27");
});

test("files find one another by key, and customers come first", async () => {
  const { book, questions } = await propose({
    "orders_eur.csv": orders().replace("unit_price", "price_eur"),
    "people.csv": people,
  });
  assert.deepEqual(Object.keys(book.sources), ["people", "orders_eur"]);
  assert.deepEqual(
    [book.sources.people!.kind, book.sources.people!.columns],
    ["customers", { customer: "customer_id" }],
  );
  assert.deepEqual(questions, []);
});

test("two files that share no key lead to a question", async () => {
  const { questions } = await propose({
    "people.csv": people.replaceAll(/^C/gm, "X"),
    "orders.csv": orders(),
  });
  assert.match(questions.join("\n"), /no customer_id is a customer_id of people\.csv/);
});

test("sensitive attributes describe and do not form segments", async () => {
  const { book, flags } = await propose({ "people.csv": people });
  assert.deepEqual(book.basis, ["loyalty_points"]);
  const sensitive = flags.filter(({ flag }) => flag === "sensitive").map(({ column }) => column);
  assert.deepEqual(sensitive, ["age", "gender"]);
});

test("ids, personal data, constants and repeated columns are flagged and left out", async () => {
  const text = tableOf("id,email,score,points,Z_const,same_as_score", 80, (i) => [
    i + 1,
    `a${i}@example.com`,
    (i * 7) % 53,
    (i * i) % 67,
    3,
    (i * 7) % 53,
  ]);
  const { book, flags } = await propose({ "list.csv": text });
  assert.deepEqual(Object.keys(book.sources.list!.attributes!), ["score", "points"]);
  const found = flags.map(({ column, flag }) => `${column} ${flag}`);
  assert.deepEqual(found, ["email personal-data", "Z_const constant", "same_as_score duplicate-column"]);
  assert.ok(!/@example/.test(JSON.stringify([book, flags])));
});

test("codes are categories, years of birth have a range, ordered words have levels, 0/1 answers are outcomes", async () => {
  const text = tableOf(
    "client_id;Channel;Year_Birth;Education;Dt_Customer;Income;AcceptedCmp1",
    120,
    (i) => [
      i + 1000,
      (i % 2) + 1,
      1950 + (i % 40),
      ["Basic", "Master", "PhD"][i % 3]!,
      `${String((i % 28) + 1).padStart(2, "0")}.03.2014`,
      `${20 + ((i * 31) % 97)}000,5`,
      i % 7 === 0 ? 1 : 0,
    ],
    ";",
  );
  const { book } = await propose({ "kunden.csv": text });
  const { attributes, columns, dateFormat, decimalSeparator } = book.sources.kunden!;
  assert.deepEqual(columns, { customer: "client_id" });
  assert.deepEqual([dateFormat, decimalSeparator], ["%d.%m.%Y", ","]);
  assert.equal(attributes!.channel!.type, "category");
  assert.deepEqual(attributes!.year_of_birth!.range, [1909, 2014]);
  assert.deepEqual(attributes!.education!.levels, ["Basic", "Master", "PhD"]);
  assert.equal(attributes!.joined!.type, "date");
  assert.equal(attributes!.accepted_cmp1!.role, "outcome");
});

test("a file without a key gets the number of the row, and one without dates is asked for its day", async () => {
  const { book, questions } = await propose({
    "wholesale.csv": tableOf("Channel,Fresh,Milk", 90, (i) => [(i % 2) + 1, (i * 131) % 89, (i * 57) % 83]),
  });
  assert.equal(book.sources.wholesale!.columns.customer, "{row}");
  assert.equal(book.asOf, "2026-01-31");
  assert.match(questions.join(), /no file holds a date/);
});

test("ids written as 123.0 lose the .0", async () => {
  const { book } = await propose({ "orders.csv": orders().replace(/^C(\d+)/gm, "$1.0") });
  assert.equal(book.sources.orders!.stripFromKey, "\\.0$");
});

test("lines without names, split by blanks, are understood from what they hold", async () => {
  const text = tableOf(
    "",
    200,
    (i) => [
      ` ${String(i % 40).padStart(5, "0")}`,
      `2024${String((i % 9) + 1).padStart(2, "0")}15`,
      (i % 3) + 1,
      ` ${10 + (i % 7)}.33`,
    ],
    " ",
  ).slice(1);
  const { book } = await propose({ "log.txt": text });
  const { header, delimiter, columnNames, columns, dateFormat } = book.sources.log!;
  assert.deepEqual([header, delimiter, dateFormat], [false, "whitespace", "%Y%m%d"]);
  assert.deepEqual(columnNames, ["column1", "column2", "column3", "column4"]);
  assert.deepEqual(columns, { customer: "column1", date: "column2", amount: "column4" });
});

test("answers that rise together become a scale; one that falls stays alone and is flagged, never turned", async () => {
  const answers = (i: number): number[] => {
    const [a, b] = [(i * 7) % 5, (i * 3 + Math.floor(i / 5)) % 5];
    return [a + 1, Math.min(5, a + 1 + (i % 2)), 5 - a, b + 1];
  };
  const text = tableOf("respondent_id,q1,q2,q3,q4", 150, (i) => [`R${i}`, ...answers(i)]);
  const { book, flags, kinds } = await propose({ "survey.csv": text });
  assert.equal(kinds[0]!.kind, "survey");
  assert.deepEqual(Object.keys(book.sources), ["people", "survey"]);
  const scales = book.sources.survey!.scales as Record<string, { items: string[]; range: number[] }>;
  assert.deepEqual(
    Object.values(scales).map(({ items }) => items),
    [["q1", "q2"], ["q3"], ["q4"]],
  );
  assert.ok(Object.values(scales).every(({ range }) => range.join() === "1,5"));
  assert.deepEqual(
    flags.map(({ column, flag }) => [column, flag]),
    [["q3", "reversed"]],
  );
});

test("web, social and campaign files are told by their columns", async () => {
  const files = {
    "people.csv": people,
    "web.csv": tableOf("customer_id,month,visits,pageviews,cart_adds", 90, (i) => [
      `C${100 + (i % 60)}`,
      `2024-0${(i % 5) + 1}-01`,
      i % 9,
      i % 31,
      i % 3,
    ]),
    "social.csv": tableOf("customer_id,follows,shares,mentions", 40, (i) => [
      `C${100 + i}`,
      i % 4,
      i % 5,
      i % 3,
    ]),
    "mailings.csv": tableOf("customer_id,campaign,sent_on,sent,opened,clicked,converted", 90, (i) => [
      `C${100 + (i % 60)}`,
      `Spring ${i % 3}`,
      "2024-03-01",
      1,
      i % 2,
      i % 3 === 0 ? 1 : 0,
      0,
    ]),
  };
  const { kinds } = await propose(files);
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ["customers", "web", "social", "campaigns"],
  );
});

test("packed files and UTF-16 are read, and three hundred columns are no burden", async () => {
  const packed = await propose({ "orders.csv.gz": gzipSync(orders()) });
  assert.equal(packed.kinds[0]!.kind, "transactions");
  const wide = await propose({ "people.csv": Buffer.from(`\ufeff${people}`, "utf16le") });
  assert.equal(wide.book.sources.people!.encoding, "utf-16");
  const names = Array.from({ length: 300 }, (_, j) => `m${j}x`);
  const many = await propose({
    "many.csv": tableOf(`id,${names.join(",")}`, 50, (i) => [
      i + 1,
      ...names.map((_, j) => (i * (j + 3) + j * j) % 41),
    ]),
  });
  assert.ok(many.basis.length >= 3 && many.basis.length <= 8);
});
