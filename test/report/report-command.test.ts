import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertRefused, runCommand } from "../commands/run-command.js";
import { folderWith, segbook } from "../commands/segbook.js";

const words = (...cells: readonly object[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells });
const heading = { cell_type: "markdown", metadata: {}, source: ["# My own ", "analysis"] };
const printing = {
  cell_type: "code",
  metadata: {},
  execution_count: 1,
  source: "secretCode()",
  outputs: [{ output_type: "stream", name: "stdout", text: ["forty-", "two"] }],
};

function figure(type: string): object {
  const data = { "application/vnd.plotly.v1+json": { data: [{ type }], layout: {} } };
  return { ...printing, outputs: [{ output_type: "display_data", metadata: {}, data }] };
}

test("any executed notebook becomes one file, with its heading as the title and no workbook near", () => {
  const folder = folderWith({ "own.ipynb": words(heading, printing) });
  const { exitCode, document, errors } = segbook(folder, [
    "report",
    "own.ipynb",
    "--output",
    "own.html",
    "--json",
  ]);
  assert.equal(exitCode, 0, errors);
  assert.deepEqual(document.notebooks, ["own.ipynb"]);
  const html = readFileSync(join(folder, "own.html"), "utf8");
  assert.equal(document.bytes, Buffer.byteLength(html));
  assert.match(html, /<title>My own analysis<\/title>/);
  assert.match(html, /forty-two/);
  assert.match(html, /secretCode/);
  assert.doesNotMatch(html, /[Ss]egments|cleaning account/);
});

test("--no-code leaves every line of code out of the file, --title names it, and the same call writes the same bytes", async () => {
  const folder = folderWith({ "own.ipynb": words(heading, printing) });
  const call = ["report", "own.ipynb", "--output", "own.html", "--no-code", "--title", "A <b>title</b>"];
  assert.equal((await runCommand(folder, call)).exitCode, 0);
  const html = readFileSync(join(folder, "own.html"), "utf8");
  assert.doesNotMatch(html, /secretCode/);
  assert.match(html, /<title>A &lt;b&gt;title&lt;\/b&gt;<\/title>/);
  assert.equal((await runCommand(folder, call)).exitCode, 0);
  assert.equal(readFileSync(join(folder, "own.html"), "utf8"), html);
});

test("a figure that cannot be drawn without a network is named, the report is written, and the exit code is 1", () => {
  const folder = folderWith({ "map.ipynb": words(heading, figure("choroplethmap")) });
  const { exitCode, output } = segbook(folder, ["report", "map.ipynb", "--output", "map.html"]);
  assert.equal(exitCode, 1);
  assert.match(
    output,
    /map\.ipynb, cell 2: figure not drawn: its trace type is "choroplethmap", which asks a server/,
  );
  assert.ok(existsSync(join(folder, "map.html")));
});

test("what is no notebook, what is missing and what would be written over is refused before anything is written", async () => {
  const folder = folderWith({
    "own.ipynb": words(heading),
    "text.ipynb": "no JSON",
    "old.ipynb": '{"nbformat":3}',
  });
  const refused: [string[], RegExp][] = [
    [["report", "--output", "o.html"], /arguments must be "segbook report NOTEBOOK/],
    [["report", "own.ipynb"], /--output must be given/],
    [["report", "own.ipynb", "--output", "own.ipynb"], /--output must name an HTML file, got the notebook/],
    [["report", "text.ipynb", "--output", "o.html"], /notebook must be JSON/],
    [["report", "old.ipynb", "--output", "o.html"], /notebook must have format 4, got 3/],
    [
      ["report", "none.ipynb", "--output", "o.html"],
      /notebook must be a file that can be read, got no such file/,
    ],
  ];
  for (const [call, message] of refused) await assertRefused(folder, call, message);
  assert.equal(existsSync(join(folder, "o.html")), false);
});
