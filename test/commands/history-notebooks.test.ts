import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type CommandInput, readArguments, type Surroundings } from "#src/commands/command.js";
import { nothingChanged, withSomethingToTell } from "#src/commands/history-notebooks.js";
import { run } from "#src/commands/run.js";
import { renderReport } from "#src/report/render-report.js";
import { readNotebooks } from "#src/runner/prepare-notebooks.js";
import { madeReport } from "../report/made-report.js";

const folder = mkdtempSync(join(tmpdir(), "segbook-tell-"));
after(() => rmSync(folder, { recursive: true }));

const notebooks = readNotebooks(["notebooks/01-load-and-check.ipynb", "notebooks/07-refresh.ipynb"]);
const input = (...words: readonly string[]): CommandInput =>
  readArguments(run, ["--workbook", join(folder, "segbook.yaml"), ...words]);
const told = (...words: readonly string[]): number =>
  withSomethingToTell(notebooks, input(...words), { folder } as Surroundings).length;

test("the notebook of refreshes runs once there was one, or where its folder is given", () => {
  copyFileSync("data/sample/segbook.yaml", join(folder, "segbook.yaml"));
  assert.equal(told(), 1);
  assert.equal(told("-p", "historyFolder=elsewhere"), 2);
  mkdirSync(join(folder, "history"));
  writeFileSync(join(folder, "history", "current.json"), "{}");
  assert.equal(told(), 2);
});

test("a report without refreshes says in one line that there is nothing to compare with", () => {
  const html = renderReport({ ...madeReport(), empties: new Map([["what-changed", nothingChanged]]) });
  const section = /<section id="what-changed"[\s\S]*?<\/section>/.exec(html)?.[0] ?? "";
  assert.match(
    section,
    /What changed<\/h2>\n<p class="aside">Nothing to compare with yet: these are the first segments\./,
  );
});
