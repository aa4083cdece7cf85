import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import type { ExecutedCell } from "#src/report/executed-notebook.js";
import { renderReport } from "#src/report/render-report.js";
import { displayOutput, madeFigures, madeOverview, madeReport, prose, shown } from "./made-report.js";
import { output, readable, reportOf } from "./report-of.js";

const page = renderReport(madeReport());

test("the segments stand before everything else, largest first", () => {
  const text = readable(page);
  const order = [
    "4,000 customers in 6 segments",
    "One-timers",
    "Loyal families",
    "How sure are we",
    "Who they are",
    "The argument",
    "Data and method",
  ];
  const body = text.slice(text.indexOf("<main>"));
  const places = order.map((words) => body.indexOf(words));
  assert.ok(
    places.every((place) => place > 0),
    String(places),
  );
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test("six notebooks with all figures come to less than 4 MB", () => {
  assert.ok(Buffer.byteLength(page) < 4e6);
});

test("the policy names exactly the scripts and the style that are on the page, and allows nothing else", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!;
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1]!);
  const packed = /<script type="application\/octet-stream" id="plotly-bundle">([^<]+)</.exec(page)![1]!;
  scripts.push(inflateSync(Buffer.from(packed, "base64")).toString("utf8"));
  const style = hash(/<style>([\s\S]*?)<\/style>/.exec(page)![1]!);
  assert.equal(scripts.length, 3);
  assert.equal(
    policy,
    `default-src 'none'; script-src ${scripts.map(hash).join(" ")}; style-src ${style} ${hash("")}; img-src data: blob:; base-uri 'none'; form-action 'none'`,
  );
});

test("a page without figures carries no plotly", () => {
  const html = reportOf([prose("# Only words")]);
  assert.doesNotMatch(html, /plotly/i);
  assert.ok(Buffer.byteLength(html) < 50_000);
});

test("nothing on the page would fetch, style inline or run inline", () => {
  const text = readable(page);
  assert.doesNotMatch(text, /\sstyle=/);
  assert.doesNotMatch(text, /\son[a-z]+=/);
  assert.doesNotMatch(text, /(?:src|href)="(?!#|data:)/);
});

test("every figure is a labelled group with its finding and its numbers", () => {
  const figures = [...page.matchAll(/<figure [\s\S]*?<\/figure>/g)].map(([figure]) => figure);
  assert.equal(figures.length, Object.keys(madeFigures).length);
  for (const figure of figures) {
    assert.match(figure, /^<figure role="group" aria-labelledby="(figure-\d+)-title" id="\1">/);
    assert.match(figure, /<noscript><img class="segbook-picture"/);
    assert.match(figure, /<details class="segbook-twin"><summary>The numbers<\/summary>[\s\S]*<table>/);
  }
});

test("ids are unique and every link inside the page has its target", () => {
  const text = readable(page);
  const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target!), target);
});

test("the same input gives the same page", () => {
  assert.equal(renderReport(madeReport()), page);
});

test("without an overview the last one that a notebook showed is used; without any, one line says so", () => {
  assert.match(reportOf([shown("show(overview)", [madeOverview])]), /4,000 customers in 6 segments/);
  assert.match(reportOf([]), /No segments were defined in this run\./);
});

test("the first failed cell is named at the top and its message stands where it failed", () => {
  const failed: ExecutedCell = {
    cell_type: "code",
    source: "boom()",
    outputs: [
      {
        output_type: "error",
        ename: "InputError",
        evalue: "\u001b[31mfitKMeans: clusterCount must be …\u001b[39m",
      },
    ],
  };
  const html = reportOf([prose("# Title"), failed]);
  assert.match(
    html,
    /role="alert">This run did not finish: <a href="#notebook-01-test-1">cell 2 of 01-test\.ipynb<\/a> failed\. InputError: fitKMeans/,
  );
  assert.match(
    html,
    /<pre class="printed error" tabindex="0">InputError: fitKMeans: clusterCount must be …<\/pre>/,
  );
});

test("customer rows and e-mail addresses are left out", () => {
  const rows = displayOutput({
    data: { "text/plain": "secret-customer-1" },
    metadata: { segbook: { customerRows: true } },
  });
  const mail: ExecutedCell = {
    cell_type: "code",
    source: "print()",
    outputs: [
      rows,
      { output_type: "stream", name: "stdout", text: "write to ann.lee+x@mail.example.org today" },
    ],
  };
  const html = reportOf([mail, output({ "text/html": "<p>bo@mail.example.org</p>" })]);
  assert.doesNotMatch(html, /secret-customer|mail\.example/);
  assert.match(html, /A preview of customer rows stands in the notebook/);
  assert.match(html, /write to \[e-mail left out\] today/);
});

test("links between notebooks stay inside the report", () => {
  const report = madeReport();
  assert.match(renderReport(report), /<a href="#notebook-04-test-segments">the tests<\/a>/);
});

test("the cleaning account is printed in full: every reason with its rows", () => {
  for (const words of ["missing customer", "zero price", "duplicate customer", "30,518"])
    assert.ok(page.includes(words), words);
});
