// Clustering beside scikit-learn, R, kmedoids and kmodes: medians, taken in turns in one run.
// node bench/clusters.js [--python FILE] [--rscript FILE] [--threads N] [--only TEXT]; writes its section of bench/results.md.
// With --only, works whose name contains the text are timed and their rows replaced; the others stay as they were.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { clusterWorks } from "./cluster-works.js";
import { median } from "./measure.js";
import { startPeer } from "./peer.js";
import { readRows, writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    rscript: { type: "string", default: "Rscript" },
    threads: { type: "string", default: "2" },
    only: { type: "string", default: "" },
  },
});
const threads = Number(options.threads);
const script = (name) => fileURLToPath(new URL(`peers/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const programs = {
  Python: startPeer(options.python, [script("clusters.py")], { OMP_NUM_THREADS: options.threads }),
  R: startPeer(options.rscript, [script("gap.R")]),
};
const firstRuns = new Map();
try {
  const versions = await programs.Python.ask({ task: "versions" });
  const works = clusterWorks(folder, threads);
  for (const work of works.filter(({ name }) => name.includes(options.only))) {
    const rows = await compare(work);
    process.stdout.write(`${rows.join("\n")}\n`);
    // At once, so that what was timed is kept if a later work fails.
    writeSection("Clusters", describe(versions, mergeRows(rows, works)));
  }
} finally {
  for (const program of Object.values(programs)) program.stop();
  rmSync(folder, { recursive: true });
}

function describe(versions, rows) {
  return [
    `Medians, both sides in turns after a first run of each; ${threads} threads on both sides. Where a peer has several ways, its fastest in the first run was timed; it stands in brackets. The last column says when a row was timed, and the load average (of one minute) after it: above ${cpus().length} others were at work too.`,
    `Node ${process.versions.node}; scikit-learn ${versions["scikit-learn"]} (numpy ${versions.numpy}), kmedoids ${versions.kmedoids}, kmodes ${versions.kmodes}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}.`,
    "",
    "| work | segbook, s | peer | peer, s | segbook / peer | wanted | timed, load |",
    "| --- | ---: | --- | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

/** New rows and those of earlier runs that they do not replace, in the order of the works. */
function mergeRows(rows, works) {
  const timed = rows.map(keyOf);
  const kept = readRows("Clusters").filter((row) => !timed.includes(keyOf(row)));
  const place = (row) => {
    const [name] = cellsOf(row);
    return works.findIndex((work) => name === work.name || name.startsWith(`${work.name}, `));
  };
  return [...kept, ...rows].sort((a, b) => place(a) - place(b));
}

/** A row's work and its peer, without the way that was timed. */
function keyOf(row) {
  const [name, , peer] = cellsOf(row);
  return `${name} | ${peer.replace(/ \([^)]*\)$/, "")}`;
}

function cellsOf(row) {
  return row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

async function compare(work) {
  const { ours, peers, also = {} } = work.prepare();
  const fastest = [];
  for (const peer of peers) fastest.push(await fastestWay(peer));
  if (work.repeats > 1) ours();
  const own = [];
  const theirs = peers.map(() => []);
  for (let repeat = 0; repeat < work.repeats; repeat++) {
    own.push(secondsOf(ours));
    for (const [i, peer] of peers.entries()) theirs[i].push(await secondsOfPeer(peer, fastest[i].request));
  }
  const when = `${new Date().toISOString().slice(0, 10)}, ${loadavg()[0].toFixed(1)}`;
  const row = (label, seconds, i) =>
    `| ${label} | ${figure(seconds)} | ${peers[i].name}${fastest[i].words} | ${figure(median(theirs[i]))} | ${(seconds / median(theirs[i])).toFixed(2)} | ≤ ${peers[i].wanted} | ${when} |`;
  const extra = Object.entries(also).map(([name, run]) => ({
    name: `${work.name}, ${name}`,
    seconds: secondsOf(run),
  }));
  return peers.flatMap((_, i) => [
    row(work.name, median(own), i),
    ...extra.map(({ name, seconds }) => row(name, seconds, i)),
  ]);
}

/** Of a peer's ways the one that was fastest in its first run. */
async function fastestWay(peer) {
  const { ways } = peer;
  if (ways.length === 1) return { request: ways[0], words: "" };
  const seconds = [];
  for (const request of ways) seconds.push(await firstSeconds(peer, request));
  const request = ways[seconds.indexOf(Math.min(...seconds))];
  return { request, words: ` (${[request.algorithm, request.type].filter(Boolean).join(", ")})` };
}

async function firstSeconds(peer, request) {
  const key = JSON.stringify(request);
  if (!firstRuns.has(key)) firstRuns.set(key, await secondsOfPeer(peer, request));
  return firstRuns.get(key);
}

async function secondsOfPeer({ program = "Python", scale = 1 }, request) {
  const { seconds } = await programs[program].ask(request);
  return seconds * scale;
}

function secondsOf(run) {
  const begin = performance.now();
  run();
  return (performance.now() - begin) / 1000;
}

function figure(seconds) {
  return seconds < 1000 ? seconds.toPrecision(3) : seconds.toFixed(0);
}
