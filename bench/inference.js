// Tests of 20 descriptors on 1,000,000 rows in 6 groups beside SciPy: medians, taken in turns in one run.
// node bench/inference.js [--python FILE] [--rows N] [--repeats N]; writes its section of bench/results.md.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chiSquareTest, createRandom, kruskalWallis, testDescriptors, welchAnova } from "../dist/index.js";
import { median } from "./measure.js";
import { startPeer } from "./peer.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    rows: { type: "string", default: "1000000" },
    repeats: { type: "string", default: "5" },
  },
});
const rowCount = Number(options.rows);
const groupCount = 6;
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const peer = startPeer(options.python, [fileURLToPath(new URL("peers/inference.py", import.meta.url))]);
try {
  const { labels, columns } = makeColumns();
  writeFileSync(join(folder, "labels"), labels);
  for (const [j, { values }] of columns.entries()) writeFileSync(join(folder, `column${j}`), values);
  const kinds = columns.map(({ kind }) => kind);
  const versions = await peer.ask({ task: "read", folder, kinds, groupCount });
  const ways = {
    "tests alone": { ours: () => testAll(columns, labels, { resamples: 0 }), task: "tests" },
    "with bootstrap intervals": { ours: () => testAll(columns, labels, {}) },
    "`testDescriptors`: both tests, intervals, guard": { ours: () => testTable(table, labels) },
  };
  const table = tableOf(columns, labels);
  const lines = [];
  for (const [name, { ours, task }] of Object.entries(ways)) {
    const own = [];
    const theirs = [];
    for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
      const begin = performance.now();
      ours();
      own.push((performance.now() - begin) / 1000);
      if (task !== undefined) theirs.push((await peer.ask({ task })).seconds);
    }
    const [theirMedian, ratio] =
      theirs.length > 0
        ? [median(theirs).toFixed(2), `${(median(theirs) / median(own)).toFixed(1)} ×`]
        : ["–", "–"];
    lines.push(`| ${name} | ${median(own).toFixed(2)} | ${theirMedian} | ${ratio} | ≤ 10 s |`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
  writeSection(
    "Tests",
    [
      `${rowCount.toLocaleString("en")} rows in ${groupCount} groups, 20 descriptors: 8 Welch ANOVA, 8 Kruskal–Wallis, 4 χ², splitting into groups and counting included. Medians of ${options.repeats}, in turns; one thread on both sides, but \`testDescriptors\`, which takes every core for the test beyond 3 basis features.`,
      `Node ${process.versions.node}; SciPy ${versions.scipy}, numpy ${versions.numpy}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}; load average when it ended ${loadavg()[0].toFixed(1)}.`,
      "",
      "| work | segbook, s | SciPy, s | SciPy over segbook | wanted |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...lines,
    ].join("\n"),
  );
} finally {
  peer.stop();
  rmSync(folder, { recursive: true });
}

function makeColumns() {
  const random = createRandom(1);
  const labels = Int32Array.from({ length: rowCount }, () => random.below(groupCount));
  const draw = {
    normal: () => random.normal(),
    skewed: () => Math.round(1000 * Math.exp(random.normal())),
    category: () => random.below(8),
  };
  const columns = Array.from({ length: 20 }, (_, j) => {
    const kind = j % 5 === 4 ? "category" : j % 2 === 0 ? "normal" : "skewed";
    return { kind, values: Float64Array.from({ length: rowCount }, draw[kind]) };
  });
  return { labels, columns };
}

/** The columns as descriptors beside three basis features that tell the groups apart a little. */
function tableOf(columns, labels) {
  const random = createRandom(2);
  const feature = (name, role) => ({ name, label: name, unit: "", type: "number", role, meaning: "" });
  const bases = [0.3, 0.6, 0.9].map((step, j) => ({
    kind: "number",
    feature: feature(`basis${j}`, "basis"),
    values: Float64Array.from(labels, (label) => random.normal() + step * label),
  }));
  const descriptors = columns.map(({ kind, values }, j) =>
    kind === "category"
      ? {
          kind,
          feature: { ...feature(`descriptor${j}`, "descriptor"), type: "category" },
          values: Array.from(values, (code) => `category ${code}`),
        }
      : { kind: "number", feature: feature(`descriptor${j}`, "descriptor"), values },
  );
  const keys = Array.from(labels, (_, row) => String(row).padStart(8, "0"));
  return { keys, columns: [...bases, ...descriptors] };
}

function testTable(table, labels) {
  const segmentNames = Array.from({ length: groupCount }, (_, group) => `segment ${group}`);
  return testDescriptors(table, labels, { segmentNames });
}

function testAll(columns, labels, settings) {
  const tests = { normal: welchAnova, skewed: kruskalWallis };
  return columns.map(({ kind, values }) =>
    kind === "category"
      ? chiSquareTest(crossTabulate(values, labels), settings)
      : tests[kind](split(values, labels), settings),
  );
}

function split(values, labels) {
  const sizes = new Uint32Array(groupCount);
  for (let i = 0; i < rowCount; i++) sizes[labels[i]]++;
  const groups = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Uint32Array(groupCount);
  for (let i = 0; i < rowCount; i++) groups[labels[i]][next[labels[i]]++] = values[i];
  return groups;
}

function crossTabulate(values, labels) {
  const counts = Array.from({ length: groupCount }, () => new Array(8).fill(0));
  for (let i = 0; i < rowCount; i++) counts[labels[i]][values[i]]++;
  return counts;
}
