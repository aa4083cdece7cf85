import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { runNotebooks } from "#src/runner/run-notebooks.js";
import { openNotebook, type PageFacts, readPage, runAll, startBrowser } from "./notebook-page.js";
import { type Jupyter, skip, startJupyter } from "./start-jupyter.js";

const notebooks = readdirSync("notebooks").filter((name) => name.endsWith(".ipynb"));
let root: string;
let browser: Browser;
let jupyters: readonly Jupyter[];

before(async () => {
  if (skip) return;
  mkdirSync("build/scratch", { recursive: true });
  root = resolve(mkdtempSync("build/scratch/lab-"));
  cpSync("notebooks", join(root, "notebooks"), { recursive: true });
  cpSync("data/sample", join(root, "data", "sample"), { recursive: true });
  [browser, ...jupyters] = await Promise.all([
    startBrowser(),
    startJupyter("lab", root),
    startJupyter("notebook", root),
  ]);
});

after(async () => {
  await browser?.close();
  await Promise.all((jupyters ?? []).map((jupyter) => jupyter.stop()));
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});

function checkShown(facts: PageFacts, complaints: readonly string[], where: string): void {
  assert.deepEqual(complaints, [], where);
  assert.deepEqual(facts.errors, [], where);
  assert.deepEqual(facts.refusals, [], where);
  assert.equal(facts.drawn, facts.figures, `${where}: figures drawn`);
  assert.equal(facts.cardLists, facts.overviews, `${where}: segments shown as cards`);
  assert.equal(facts.pictures, 0, `${where}: nothing was written into the notebook`);
  assert.ok(!facts.buttons.some((title) => /share|cloud|studio|plotly/i.test(title)), where);
}

/** JupyterLab and Notebook side by side: one mostly waits for its kernel while the other draws. */
async function inBoth(visit: (jupyter: Jupyter, name: string) => Promise<void>): Promise<void> {
  for (const name of notebooks) await Promise.all(jupyters.map((jupyter) => visit(jupyter, name)));
}

test("JupyterLab and Notebook run every notebook that ships, and draw every figure", { skip }, async () => {
  let figures = 0;
  await inBoth(async (jupyter, name) => {
    const { page, complaints, close } = await openNotebook(browser, jupyter, `notebooks/${name}`);
    try {
      await runAll(page);
      const facts = await readPage(page);
      const where = `${name} in ${jupyter.program}`;
      assert.equal(facts.notRun, 0, where);
      assert.ok(facts.isTrusted, where);
      checkShown(facts, complaints, where);
      figures += facts.drawn;
    } finally {
      await close();
    }
  });
  assert.ok(figures >= 20, `${figures} figures`);
});

test("a notebook that ran elsewhere and is not trusted shows every figure and stays as it is", {
  skip,
}, async () => {
  const outputFolder = join(root, "executed");
  const files = notebooks.map((name) => join(root, "notebooks", name));
  const parameters = new Map([["outputFolder", join(root, "written")]]);
  const runs = await runNotebooks(files, { outputFolder, parameters, now: () => 0 });
  assert.deepEqual(
    runs.map(({ failed }) => failed),
    runs.map(() => undefined),
  );
  let untrusted = 0;
  await inBoth(async (jupyter, name) => {
    const { page, complaints, close } = await openNotebook(browser, jupyter, `executed/${name}`);
    try {
      const facts = await readPage(page);
      const where = `executed ${name} in ${jupyter.program}`;
      checkShown(facts, complaints, where);
      assert.equal(facts.isDirty, false, `${where}: nobody is asked to save`);
      if (!facts.isTrusted) untrusted += 1;
    } finally {
      await close();
    }
  });
  assert.equal(untrusted, 2 * notebooks.length);
});
