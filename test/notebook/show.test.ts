import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { plotlyMime } from "#src/notebook/display-bundle.js";
import { markdown } from "#src/notebook/markdown.js";
import { show } from "#src/notebook/show.js";
import { toFrame } from "#src/notebook/to-frame.js";
import { madeFigures, madeOverview } from "../report/made-report.js";

const figure = madeFigures.sizes!;
const customers = {
  keyName: "customer_id",
  keys: ["007", "9007199254740993"],
  columns: [],
};

test("a figure goes out as plotly, as HTML without scripts, and as text", () => {
  const { data } = show(figure)!;
  assert.deepEqual(Object.keys(data), [plotlyMime, "text/html", "text/plain"]);
  assert.doesNotMatch(String(data["text/html"]), /<script/);
  assert.match(
    String(data["text/html"]),
    /<img class="segbook-picture" alt="[^"]+" src="data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+">/,
  );
  assert.match(String(data["text/html"]), /<details class="segbook-twin"><summary>The numbers/);
  assert.match(String(data["text/plain"]), /^“Loyal families” are 27 %/);
});

test("a figure carries the settings that keep it on this machine", () => {
  const { config } = show(figure)!.data[plotlyMime] as { config: unknown };
  assert.deepEqual(config, {
    showSendToCloud: false,
    plotlyServerURL: "",
    displaylogo: false,
    responsive: true,
  });
});

test("a caption replaces the finding everywhere", () => {
  const { data } = show(figure, { caption: "Mine" })!;
  assert.match(String(data["text/plain"]), /^Mine\n/);
  assert.deepEqual((data[plotlyMime] as { layout: { meta: unknown } }).layout.meta, { title: "Mine" });
});

test("a table says how many of its rows it shows, and escapes what people wrote", () => {
  const rows = Array.from({ length: 30 }, (_, i) => [
    i === 0 ? "<script>alert(1)</script>" : `=cmd(${i})`,
    i,
  ]);
  const table = {
    kind: "table" as const,
    caption: "Names & sums",
    columns: [{ name: 'a"b' }, { name: "n" }],
    rows,
  };
  const html = String(show(table)!.data["text/html"]);
  assert.match(html, /20 of 30 rows\./);
  assert.match(html, /<th scope="col"[^>]*>a&quot;b<\/th>/);
  assert.match(html, /&lt;script&gt;alert\(1\)/);
  assert.doesNotMatch(html, /<script/);
  assert.match(html, /<td class="segbook-right" style="text-align:right">1<\/td>/);
});

test("a frame of customers is marked, so that a report can leave its rows out", () => {
  const bundle = show(toFrame(customers))!;
  assert.deepEqual(bundle.metadata, { segbook: { customerRows: true, rows: 2, columns: 1 } });
  assert.match(String(bundle.data["text/plain"]), /007\n9007199254740993/);
});

test("a frame made from a display table is a summary, and so is one that is said to be", () => {
  assert.deepEqual(show(toFrame(figure.table))!.metadata, {});
  assert.deepEqual(show(toFrame(customers), { summary: true })!.metadata, {});
});

test("a sample is said to be one under the table", () => {
  const frame = toFrame(
    { ...customers, keys: Array.from({ length: 100 }, (_, i) => `c${i}`) },
    { rows: 10, seed: 5 },
  );
  assert.match(String(show(frame)!.data["text/plain"]), /A random sample of 10 of 100 rows \(seed 5\)\./);
});

test("the segments go out as cards and as a table", () => {
  const { data } = show(madeOverview)!;
  assert.equal(data["application/vnd.segbook.overview+json"], madeOverview);
  assert.match(String(data["text/plain"]), /Loyal families +1,081/);
});

test("prose goes out as Markdown", () => {
  assert.deepEqual(show(markdown`Of ${4338} customers`)!.data, {
    "text/markdown": "Of 4,338 customers",
    "text/plain": "Of 4,338 customers",
  });
});

test("what cannot be shown is refused with its kind", () => {
  assert.throws(() => show(42 as never), {
    name: "InputError",
    message: "show: value must be a figure, a table, a DataFrame, segments or markdown, got 42",
  });
  assert.throws(() => show({ ...figure, data: [{ type: "scattergeo" }] }), {
    name: "InputError",
    message: /got "scattergeo"/,
  });
});

test("in a notebook the bundle goes to the kernel that runs, and the cell prints nothing else", () => {
  const kernel = createRequire(import.meta.url)("tslab/dist/jupyter.js") as { lastWriteDisplayData: unknown };
  const sent: unknown[] = [];
  const before = kernel.lastWriteDisplayData;
  kernel.lastWriteDisplayData = (content: unknown, update: boolean) => sent.push([content, update]);
  try {
    assert.equal(show(markdown`Hello`), undefined);
  } finally {
    kernel.lastWriteDisplayData = before;
  }
  const data = { "text/markdown": "Hello", "text/plain": "Hello" };
  assert.deepEqual(sent, [[{ data, metadata: {}, transient: {} }, false]]);
});
