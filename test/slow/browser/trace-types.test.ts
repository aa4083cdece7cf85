import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { renderReport } from "#src/report/render-report.js";
import { output } from "../../report/report-of.js";
import { openReport, readThrough, skip, startBrowser } from "./open-report.js";

const five = [1, 3, 2, 5, 4];
const grid = [
  [1, 2, 3],
  [2, 4, 1],
  [3, 1, 5],
];
const prices = {
  x: five,
  open: five,
  high: five.map((v) => v + 2),
  low: five.map((v) => v - 2),
  close: five.map((v) => v + 1),
};
const tree = { labels: ["a", "b"], parents: ["", "a"], values: [2, 1] };
const cube = {
  x: [0, 0, 0, 0, 1, 1, 1, 1],
  y: [0, 0, 1, 1, 0, 0, 1, 1],
  z: [0, 1, 0, 1, 0, 1, 0, 1],
  value: [1, 2, 3, 4, 5, 6, 7, 8],
  isomin: 2,
  isomax: 6,
};
const wind = {
  x: [0, 0, 1, 1],
  y: [0, 1, 0, 1],
  z: [0, 0, 0, 0],
  u: [1, 1, 1, 1],
  v: [0, 0, 0, 0],
  w: [0, 0, 0, 0],
};

/** One small figure for each kind of trace that only the largest bundle has, and some that every bundle has. */
const traces: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  barpolar: { r: five, theta: [0, 72, 144, 216, 288] },
  box: { y: five },
  candlestick: prices,
  cone: wind,
  contour: { z: grid },
  funnel: { x: five, y: ["a", "b", "c", "d", "e"] },
  funnelarea: { values: five },
  heatmap: { z: grid },
  icicle: tree,
  image: { z: [[[255, 0, 0]]] },
  indicator: { mode: "number+gauge", value: 42, gauge: {} },
  isosurface: cube,
  mesh3d: { x: [0, 1, 0, 0], y: [0, 0, 1, 0], z: [0, 0, 0, 1] },
  ohlc: prices,
  parcats: { dimensions: [{ values: ["x", "y"] }, { values: ["u", "v"] }] },
  parcoords: {
    dimensions: [
      { label: "A", values: five },
      { label: "B", values: five },
    ],
  },
  quiver: { x: five, y: five, u: five, v: five },
  sankey: { node: { label: ["a", "b"] }, link: { source: [0], target: [1], value: [1] } },
  scatter3d: { x: five, y: five, z: five },
  scattergl: { x: five, y: five },
  scatterpolargl: { r: five, theta: five },
  scattersmith: { real: five, imag: five },
  scatterternary: { a: five, b: five, c: five },
  splom: {
    dimensions: [
      { label: "A", values: five },
      { label: "B", values: five },
    ],
  },
  sunburst: tree,
  surface: { z: grid },
  table: { header: { values: ["A"] }, cells: { values: [five] } },
  treemap: tree,
  violin: { y: five },
  volume: cube,
  waterfall: { x: ["a", "b"], y: [2, -1] },
};

const folder = mkdtempSync(join(tmpdir(), "segbook-types-"));
let browser: Browser;

before(async () => {
  if (!skip) browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** What drawing on a canvas costs is told by the browser as advice. */
const advice = /willReadFrequently/;

test("every kind of trace is drawn under the page's policy, with bold words and a colour bar", {
  skip,
}, async () => {
  const file = join(folder, "types.html");
  const cells = Object.entries(traces).map(([type, trace]) => {
    const layout = {
      title: { text: type },
      annotations: [{ text: "<b>bold</b> x<sub>2</sub>", x: 1, y: 1 }],
    };
    return output({ "application/vnd.plotly.v1+json": { data: [{ type, ...trace }], layout } });
  });
  writeFileSync(
    file,
    renderReport({
      title: "Types",
      kind: "notebooks",
      notebooks: [{ fileName: "types.ipynb", notebook: { cells } }],
      run: { parameters: [], inputs: [], versions: [] },
      files: [],
    }),
  );
  const { page, complaints, close } = await openReport(browser, file, {
    viewport: { width: 1440, height: 900 },
  });
  await readThrough(page);
  assert.equal(await page.locator(".plot[data-drawn=yes]").count(), Object.keys(traces).length);
  assert.deepEqual(
    complaints.filter((complaint) => !advice.test(complaint)),
    [],
  );
  await close();
});

test("a figure with frames plays", { skip }, async () => {
  const file = join(folder, "frames.html");
  const animated = output({
    "application/vnd.plotly.v1+json": {
      data: [{ type: "bar", x: ["a"], y: [1] }],
      layout: {
        updatemenus: [{ type: "buttons", buttons: [{ label: "Play", method: "animate", args: [null] }] }],
      },
      frames: [{ name: "1", data: [{ y: [7] }] }],
    },
  });
  writeFileSync(
    file,
    renderReport({
      title: "Frames",
      kind: "notebooks",
      notebooks: [{ fileName: "frames.ipynb", notebook: { cells: [animated] } }],
      run: { parameters: [], inputs: [], versions: [] },
      files: [],
    }),
  );
  const { page, complaints, close } = await openReport(browser, file, {
    viewport: { width: 1440, height: 900 },
  });
  await readThrough(page);
  await page.locator(".updatemenu-button").first().click();
  await page.waitForFunction('document.querySelector(".plot").data[0].y[0] === 7');
  assert.deepEqual(complaints, []);
  await close();
});
