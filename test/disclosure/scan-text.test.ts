import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { LeakKind } from "#src/disclosure/found-text.js";
import { createScanner } from "#src/disclosure/scan-text.js";
import { renderReport } from "#src/report/render-report.js";
import { definitionText } from "#src/segments/write-definition.js";
import { madeDefinition } from "../made-definitions.js";
import { madeReport } from "../report/made-report.js";

const base64 = (text: string, encoding: BufferEncoding = "utf8"): string =>
  Buffer.from(text, encoding).toString("base64");

/** Keys as a shop has them: six digits, some with leading zeros, and a few of other makes. */
const keys = [
  ...Array.from({ length: 4000 }, (_, i) => String(i * 241 + 76).padStart(6, "0")),
  "C-00017",
  "b3f1c9d2-55aa-4e0b-9c1d-0242ac120002",
  "anna.b@post",
];
const scan = createScanner({ keys, keyName: "customer_id", names: ["Annegret Kowalski", "Ben"] });

/** Each is planted by itself: what it is, and how it stands in a page, notebook or file. */
const inReports: readonly (readonly [LeakKind, string, string])[] = [
  ["e-mail", "plain", "<p>Ask erika.muster@kundin.example.de about it</p>"],
  ["e-mail", "entities", "<p>erika&#46;muster&#x40;kundin&period;de</p>"],
  ["e-mail", "entities of entities", "<p>erika.muster&amp;#64;kundin.de</p>"],
  ["e-mail", "parted by tags", "<p>erika<b>.muster</b>@<span>kundin</span>.<i>de</i></p>"],
  ["e-mail", "a comment inside", "<p>erika.muster@<!-- no spam -->kundin.de</p>"],
  ["e-mail", "in an attribute", '<a href="mailto:erika.muster%40kundin.de">write</a>'],
  [
    "e-mail",
    "base64 in a figure",
    `<script type="application/json">{"text":"${base64("hover: erika.muster@kundin.de")}"}</script>`,
  ],
  [
    "e-mail",
    "packed and base64",
    `<script type="application/json">{"x":"${gzipSync("one, two, erika.muster@kundin.de, three, four").toString("base64")}"}</script>`,
  ],
  ["e-mail", "base64 as UTF-16", `<p data-note="${base64("erika.muster@kundin.de", "utf16le")}"></p>`],
  [
    "e-mail",
    "a picture's text",
    `<img alt="" src="data:image/svg+xml;base64,${base64('<svg xmlns="http://www.w3.org/2000/svg"><text>erika.muster@kundin.de</text></svg>')}">`,
  ],
  [
    "e-mail",
    "JSON escapes",
    '<script type="application/json">{"hovertext":["erika.muster\\u0040kundin.de"]}</script>',
  ],
  ["e-mail", "full-width letters", "<p>ｅｒｉｋａ＠ｋｕｎｄｉｎ．ｄｅ</p>"],
  ["e-mail", "Cyrillic look-alikes", "<p>еrika.muster@kundin.dе</p>"],
  ["e-mail", "unseen characters", "<p>erika.mus\u200bter@\u00adkundin.de</p>"],
  ["e-mail", "spelt out", "<p>erika.muster (at) kundin [dot] de</p>"],
  ["phone", "international", "<p>call +49 (0)171 5550-123</p>"],
  ["phone", "with 00", "<p>call 0049 171 5550123</p>"],
  ["phone", "national", "<td>0171/5550123</td>"],
  ["phone", "in brackets", "<p>(030) 555 0123</p>"],
  ["phone", "North American", "<p>call 415-555-2671 today</p>"],
  ["phone", "in a link", '<a href="tel:4915550123456">call</a>'],
  ["phone", "parted by tags", "<p>+49 <b>171</b> <i>5550</i>123</p>"],
  ["card-number", "in groups", "<p>4111 1111 1111 1111</p>"],
  [
    "card-number",
    "in a JSON member",
    '<script type="application/json">{"payment":"5500005555555559"}</script>',
  ],
  ["iban", "in groups", "<p>DE89 3704 0044 0532 0130 00</p>"],
  ["iban", "lower case, whole", "<p>gb29nwbk60161331926819</p>"],
  ["customer-key", "in a cell", "<td>000076</td>"],
  [
    "customer-key",
    "in a figure's hover text",
    '<script type="application/json">{"customdata":["000317","x"]}</script>',
  ],
  [
    "customer-key",
    "a number beside its name",
    '<script type="application/json">{"customer_id": 120576}</script>',
  ],
  ["customer-key", "numbers in a row", "<p>120576, 241076, 361576, 482076, 120817</p>"],
  [
    "customer-key",
    "under its heading",
    "<table><tr><th>Spend</th><th>customer_id</th></tr><tr><td>12</td><td>120576</td></tr></table>",
  ],
  ["customer-key", "a UUID in an attribute", '<tr id="row-B3F1C9D2-55AA-4E0B-9C1D-0242AC120002"></tr>'],
  ["customer-key", "another make", "<p>see C-00017</p>"],
  ["name", "a known one", "<p>Best of all: KOWALSKI? No, Annegret&nbsp;<b>Kowalski</b></p>"],
  ["name", "addressed", "<p>Frau Dr. Erika Mustermann</p>"],
  ["address", "a street", "<p>Heidestraße 17a</p>"],
];

const inDefinitions: readonly (readonly [LeakKind, string, string])[] = [
  ["e-mail", "in a description", "Like erika.muster@kundin.de and others"],
  ["phone", "in a description", "Call them, e.g. +33 6 12 34 56 78"],
  ["address", "in a description", "Mostly around 12 Baker Street in the old town"],
  ["customer-key", "in a description", "The typical one is customer 120576"],
];

const cleanReport = renderReport(madeReport());
const cleanDefinition = madeDefinition(3);

test("the scan finds each of 40 planted leaks in a report and a definition, and nothing in them without", () => {
  assert.deepEqual(scan(cleanReport), []);
  assert.deepEqual(scan(definitionText(cleanDefinition)), []);
  // The figures' data are most of a page; leaks are planted in front of its end, a page for each.
  const page = `${cleanReport.slice(0, 20_000).replace(/<script[\s\S]*$/, "")}`;
  const missed = [
    ...inReports.map(([kind, how, leak]) => ({ kind, how, text: `${page}${leak}</main></body></html>` })),
    ...inDefinitions.map(([kind, how, leak]) => {
      const [first, ...others] = cleanDefinition.segments;
      const leaking = { ...cleanDefinition, segments: [{ ...first!, description: leak }, ...others] };
      return { kind, how, text: definitionText(leaking) };
    }),
  ].filter(({ kind, text }) => !scan(text).some((leak) => leak.kind === kind));
  assert.equal(inReports.length + inDefinitions.length, 40);
  assert.deepEqual(
    missed.map(({ kind, how }) => `${kind}, ${how}`),
    [],
  );
});

test("a leak is told by its line and never by what it says", () => {
  const [leak, ...others] = scan("one\ntwo\n<p>erika.muster@kundin.de and erika.muster@kundin.de</p>");
  assert.deepEqual([leak, others], [{ kind: "e-mail", line: 3, times: 2, isCoded: false }, []]);
});

test("figures, dates, hashes, colours, versions and DOIs are no leaks", () => {
  const harmless = [
    "0.057323 and 1,057,323 and 57323.000076 EUR; 2026-03-31T10:00:00; 12:30; 3/4; 100-200",
    "fingerprint 4f1c000076aa9d24f1c000076aa9d24; colour #000076; seed 120576; rgb(0,0,76)",
    "doi:10.1177/0047287513496475, doi:10.1007/978-981-10-8818-6, ISBN-like 978-3-16-148410-0",
    "plotly.js 3.0.1, @duckdb/node-api 1.5.6-r.1, icon@2x.png, @media print, a@b",
    "LIMIT 18446744073709551615; 9007199254740991; -8388608, 8388607; 4.111111111111111e15",
    '{"customers": 4000, "name": "spend", "phone": "unknown", "customer_id": "string"}',
    "Loyal families; Young professionals; Ben bought; first name: text; 60 % of 4 111 111 customers",
  ];
  assert.deepEqual(
    harmless.map((text) => scan(text).map(({ kind }) => kind)),
    harmless.map(() => []),
  );
});

test("keys that count from 1 are found beside their name only", () => {
  const counted = createScanner({
    keys: Array.from({ length: 440 }, (_, i) => String(i + 1)),
    keyName: "ID",
  });
  assert.deepEqual(
    counted("<td>12</td><td>13</td>, [1, 2, 3, 4, 5, 6, 7, 8], 440 customers in 3 segments"),
    [],
  );
  assert.equal(counted('{"ID": "17"}').length, 1);
  assert.deepEqual(
    counted("ID,spend\n5,10\n17,20\n999,30\n").map(({ line }) => line),
    [2, 3],
  );
  assert.equal(counted("customer 17 is unusual").length, 1);
});
