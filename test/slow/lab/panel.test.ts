import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { madeDocument, writeMade } from "../../notebook/made-notebook.js";
import { type NotebookPage, openNotebook, readPage, startBrowser } from "./notebook-page.js";
import { type Jupyter, skip, startJupyter } from "./start-jupyter.js";

let root: string;
let browser: Browser;
let jupyter: Jupyter;

before(async () => {
  if (skip) return;
  mkdirSync("build/scratch", { recursive: true });
  root = resolve(mkdtempSync("build/scratch/lab-"));
  cpSync("notebooks", join(root, "notebooks"), { recursive: true });
  cpSync("data/sample", join(root, "data", "sample"), { recursive: true });
  [browser, jupyter] = await Promise.all([startBrowser(), startJupyter("lab", root)]);
});

after(async () => {
  await browser?.close();
  await jupyter?.stop();
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});

async function withPanel(
  path: string,
  visit: (open: NotebookPage, panel: Locator) => Promise<void>,
): Promise<void> {
  const open = await openNotebook(browser, jupyter, path);
  try {
    await open.page.evaluate('jupyterapp.shell.activateById("segbook-panel")');
    await visit(open, open.page.locator(".segbook-panel"));
    assert.deepEqual(open.complaints, []);
  } finally {
    await open.close();
  }
}

const outcomeOf = async (page: Page, limit: number): Promise<string> => {
  const outcome = page.locator(".segbook-outcome:not(:empty)");
  await outcome.waitFor({ timeout: limit });
  return (await outcome.textContent()) ?? "";
};

test("the panel's form changes a parameter, runs the notebook and shows its segments", { skip }, async () => {
  const run = join(root, "reports", "shop-2026-03-31");
  mkdirSync(run, { recursive: true });
  for (const file of ["run.json", "definition.json"]) writeFileSync(join(run, file), "{}");
  writeFileSync(join(run, "index.html"), "<!DOCTYPE html><title>Report</title><p>the report</p>");
  await withPanel("notebooks/05-profile-and-name.ipynb", async ({ page }, panel) => {
    const count = panel.getByLabel("clusterCount");
    await count.fill("99");
    await count.press("Enter");
    await panel.locator(".segbook-fault", { hasText: "from 0 to 50, got 99" }).waitFor();
    assert.equal(await count.getAttribute("aria-invalid"), "true");
    await count.fill("5");
    await panel.getByRole("button", { name: "Apply & run all" }).click();
    await panel.getByText(/\d+ of \d+ cells/).waitFor();
    assert.match(await outcomeOf(page, 240_000), /^Done: (\d+) of \1 cells, /);
    await panel.locator(".segbook-card").nth(4).waitFor();
    assert.equal(await panel.locator(".segbook-card").count(), 5);
    const injected = await page.evaluate(
      "segbookTest.cells().filter(({ model }) => model.getMetadata('tags')?.includes('injected-parameters')).map(({ model }) => model.sharedModel.getSource())",
    );
    assert.deepEqual(injected, ["// Parameters\nconst clusterCount: number = 5;"]);
    const [report] = await Promise.all([
      page.context().waitForEvent("page"),
      panel.getByRole("link", { name: "Report" }).click(),
    ]);
    await report.getByText("the report").waitFor();
    assert.match(report.url(), /\/files\/reports\/shop-2026-03-31\/index\.html$/);
  });
});

test("Stop ends an endless loop that follows an await; the panel answers meanwhile, and the kernel lives on", {
  skip,
}, async () => {
  const endless = "await new Promise((resolve) => setTimeout(resolve, 10));\nwhile (true) {}";
  writeMade(root, "endless.ipynb", [
    ["const days: number = 3; // days, 1 to 9", "parameters"],
    endless,
    "days + 1",
  ]);
  await withPanel("endless.ipynb", async ({ page }, panel) => {
    await panel.getByRole("button", { name: "Run all", exact: true }).click();
    await panel.getByText(/^1 of 3 cells/).waitFor();
    const days = panel.getByLabel("days");
    await days.fill("10");
    await days.press("Enter");
    await panel.locator(".segbook-fault", { hasText: "10" }).waitFor();
    await panel.getByRole("button", { name: "Stop" }).click();
    assert.match(await outcomeOf(page, 15_000), /^Cell 2 was stopped/);
    await panel.getByRole("button", { name: "Cell 2 was stopped" }).click();
    const active = await page.evaluate("segbookTest.panel().content.activeCellIndex");
    assert.equal(active, 1);
    await page.evaluate("segbookTest.panel().content.activeCellIndex = 2");
    await page.evaluate('jupyterapp.commands.execute("notebook:run-cell")');
    const shown = await page.evaluate("segbookTest.outputs().at(-1).data['text/plain']");
    assert.equal(shown, "4");
  });
});

test("a notebook without parameters is told so", { skip }, async () => {
  writeMade(root, "plain.ipynb", ["1 + 1"]);
  await withPanel("plain.ipynb", async (_, panel) => {
    await panel.getByText("This notebook has no cell tagged “parameters”.").waitFor();
    assert.equal(await panel.getByRole("button", { name: "Apply & run all" }).isVisible(), false);
  });
});

test("figures of other programs are drawn, or refused in words, and nothing is fetched for them", {
  skip,
}, async () => {
  const figures = [
    { data: [{ y: [1, 3, 2] }] },
    { data: [{ type: "scatterpolar", r: [1, 2], theta: [0, 90] }], layout: { title: "Polar" } },
    { data: [{ type: "bar", y: [1] }], layout: { images: [{ source: "https://example.com/a.png" }] } },
    { data: [{ type: "scattergeo", lon: [1], lat: [2] }], layout: {}, config: { showSendToCloud: true } },
    { data: [{ type: "nonsense" }], layout: {} },
  ];
  const document = madeDocument(figures.map(() => "1"));
  const cells = document.cells as { outputs: unknown[] }[];
  figures.forEach((figure, i) => {
    const data = { "application/vnd.plotly.v1+json": figure, "text/plain": "a figure" };
    cells[i]!.outputs = [{ output_type: "display_data", data, metadata: {} }];
  });
  writeFileSync(join(root, "figures.ipynb"), JSON.stringify(document));
  await withPanel("figures.ipynb", async ({ page }) => {
    const facts = await readPage(page);
    assert.equal(facts.isTrusted, false);
    assert.equal(facts.drawn, 3);
    assert.deepEqual(
      facts.refusals.map((words) => /map|nonsense/.exec(words)?.[0]),
      ["map", "nonsense"],
    );
    assert.ok(!facts.buttons.some((title) => /share|cloud|studio/i.test(title)));
    await page.evaluate('jupyterapp.commands.execute("apputils:change-theme", { theme: "JupyterLab Dark" })');
    await page.waitForFunction("document.body.dataset.jpThemeLight === 'false'");
    const dark = await readPage(page);
    assert.deepEqual([dark.drawn, dark.refusals.length], [3, 2]);
  });
});
