// Kernel, runner and report: our kernel beside bare tslab and ipykernel, our runner beside nbclient, medians, in turns.
// node bench/kernel.js [--python FILE] [--chromium FILE]; writes its section of bench/results.md.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { installKernel } from "../dist/kernel/install-kernel.js";
import { runNotebooks } from "../dist/runner/run-notebooks.js";
import { measure, median } from "./measure.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
mkdirSync(join(root, "build/scratch"), { recursive: true });
// Below the project, so that cells find its packages.
const folder = mkdtempSync(join(root, "build/scratch/bench-kernel-"));
const share = join(folder, "share", "jupyter");
installKernel({ prefix: folder });
installTslab();
const times = {
  ...startTimes(10),
  ...tripTimes(200),
  ...interruptTimes(9),
  ...(await notebookTimes(9)),
  ...(await reportTimes(5)),
};
rmSync(folder, { recursive: true });
writeSection("Kernel, runner and report", describe(times));

/** Bare tslab, as `tslab install` would write it. */
function installTslab() {
  const place = join(share, "kernels", "tslab");
  const argv = [process.execPath, join(root, "node_modules/tslab/bin/tslab")];
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, "kernel.json"),
    JSON.stringify({
      argv: [...argv, "kernel", "--config-path={connection_file}"],
      display_name: "tslab",
      language: "typescript",
    }),
  );
}

/** What `peers/kernel_times.py` measured. */
function python(...words) {
  const output = execFileSync(options.python, [join(root, "bench/peers/kernel_times.py"), ...words], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, JUPYTER_PATH: share, JUPYTER_RUNTIME_DIR: join(folder, "runtime") },
  });
  return JSON.parse(output.trimEnd().split("\n").at(-1));
}

function startTimes(repeats) {
  const runs = Array.from({ length: repeats }, () => ({
    ours: python("ready", "segbook"),
    tslab: python("ready", "tslab"),
  }));
  const both = (name) => ({
    ours: median(runs.map(({ ours }) => ours[name])),
    peer: median(runs.map(({ tslab }) => tslab[name])),
  });
  return { ready: both("ready"), firstCell: both("firstCell") };
}

function tripTimes(count) {
  const trips = python("trips", String(count), "segbook", "python3");
  return { trip: { ours: median(trips.segbook), peer: median(trips.python3) } };
}

function interruptTimes(count) {
  const ours = python("interrupt", "segbook", "while (true) {}", String(count));
  const afterAwait = python(
    "interrupt",
    "segbook",
    "await Promise.resolve(); while (true) {}",
    String(count),
  );
  const peer = python("interrupt", "python3", "while True: pass", String(count));
  return {
    interrupt: { ours: median(ours), peer: median(peer) },
    interruptAfterAwait: { ours: median(afterAwait) },
  };
}

async function notebookTimes(repeats) {
  const file = join(folder, "twenty.ipynb");
  writeFileSync(file, JSON.stringify(twentyCells()));
  const ours = [];
  const theirs = [];
  for (let i = 0; i < repeats; i++) {
    const started = performance.now();
    await runNotebooks([file], { outputFolder: join(folder, "out"), now: () => 0 });
    ours.push((performance.now() - started) / 1000);
    theirs.push(python("notebook", file));
  }
  return { notebook: { ours: median(ours), peer: median(theirs) } };
}

/** Prints, values and a display, as a person writes them. */
function twentyCells() {
  const sources = Array.from({ length: 20 }, (_, i) =>
    i === 0
      ? 'import { display } from "tslab";'
      : `console.log("cell ${i}"); display.text("${i}"); [${i}, ${i} ** 2]`,
  );
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `c${i}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const metadata = { kernelspec: { name: "segbook", display_name: "segbook", language: "typescript" } };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/** The shipped notebooks once executed, then their report again and again. */
async function reportTimes(repeats) {
  const names = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  const executed = join(folder, "executed");
  await runNotebooks(
    names.map((name) => join(root, "notebooks", name)),
    { outputFolder: executed, now: () => 0 },
  );
  const page = join(folder, "report.html");
  const words = [join(root, "bin/segbook.js"), "report", ...names.map((name) => join(executed, name))];
  const runs = [];
  for (let i = 0; i < repeats; i++)
    runs.push(await measure(process.execPath, [...words, "--output", page, "--quiet"]));
  return {
    report: { ours: median(runs.map(({ seconds }) => seconds)) },
    reportBytes: statSync(page).size,
    firstFigure: { ours: await firstFigureSeconds(page, repeats) },
  };
}

/** Seconds from opening the report to its first figure, which is scrolled to at once: figures are drawn when they are seen. */
async function firstFigureSeconds(file, repeats) {
  const browser = await chromium.launch({
    executablePath: options.chromium,
    args: ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
  });
  const seconds = [];
  for (let i = 0; i < repeats; i++) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(noteFirstFigure);
    await page.goto(pathToFileURL(file).href);
    await page.locator(".plot").first().scrollIntoViewIfNeeded();
    await page.locator("html[data-first-drawn]").waitFor();
    seconds.push(Number(await page.evaluate("document.documentElement.dataset.firstDrawn")) / 1000);
    await page.close();
  }
  await browser.close();
  return median(seconds);
}

/** Runs in the page. */
function noteFirstFigure() {
  const look = () => {
    const root = document.documentElement;
    if (!root.dataset.firstDrawn && document.querySelector(".plot[data-drawn=yes]"))
      root.dataset.firstDrawn = String(performance.now());
  };
  new MutationObserver(look).observe(document, { subtree: true, attributeFilter: ["data-drawn"] });
}

function describe(measured) {
  const milliseconds = (seconds) => (seconds === undefined ? "" : (seconds * 1000).toFixed(1));
  const row = (label, { ours, peer }, limit) =>
    `| ${label} | ${milliseconds(ours)} | ${milliseconds(peer)} | ${peer === undefined ? "" : (ours / peer).toFixed(2)} | ${limit} |`;
  return [
    `Medians, both sides in turns; ${cpus().length} cores, ${cpus()[0]?.model}; Node ${process.versions.node}; load average when it ended ${loadavg()[0].toFixed(1)}. A trivial cell is \`1 + 1\` by nbclient, 200 times on each kernel after 20 to warm up.`,
    "",
    "| | segbook, ms | peer, ms | segbook / peer | wanted |",
    "| --- | ---: | ---: | ---: | --- |",
    row("kernel ready, beside bare tslab", measured.ready, "ratio ≤ 1.15"),
    row("first cell done, from the start, beside bare tslab", measured.firstCell, ""),
    row("trivial cell, beside ipykernel", measured.trip, "ratio ≤ 1.5"),
    row("20-cell notebook by our runner, beside nbclient on the same kernel", measured.notebook, "ratio ≤ 1"),
    row("endless loop interrupted, beside ipykernel", measured.interrupt, ""),
    row("endless loop after an await interrupted", measured.interruptAfterAwait, ""),
    row(
      `report of the shipped notebooks, ${(measured.reportBytes / 1e6).toFixed(2)} MB`,
      measured.report,
      "< 3,000 ms, < 4 MB",
    ),
    row("first figure drawn in Chromium", measured.firstFigure, "< 1,500 ms"),
  ].join("\n");
}
