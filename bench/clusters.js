// Clustering beside scikit-learn, R, kmedoids and kmodes: medians, taken in turns in one run.
// node bench/clusters.js [--python FILE] [--rscript FILE] [--threads N] [--only TEXT]; writes its section of bench/results.md.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { clusterWorks } from "./cluster-works.js";
import { median } from "./measure.js";
import { startPeer } from "./peer.js";
import { writeSection } from "./results.js";

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
  const lines = [];
  for (const work of clusterWorks(folder, threads).filter(({ name }) => name.includes(options.only))) {
    const rows = await compare(work);
    process.stdout.write(`${rows.join("\n")}\n`);
    lines.push(...rows);
  }
  const text = [
    `Medians, both sides in turns after a first run of each; ${threads} threads on both sides. Where a peer has several ways, its fastest in the first run was timed; it stands in brackets.`,
    `Node ${process.versions.node}; scikit-learn ${versions["scikit-learn"]} (numpy ${versions.numpy}), kmedoids ${versions.kmedoids}, kmodes ${versions.kmodes}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}; load average when it ended ${loadavg()[0].toFixed(1)}.`,
    "",
    "| work | segbook, s | peer | peer, s | segbook / peer | wanted |",
    "| --- | ---: | --- | ---: | ---: | ---: |",
    ...lines,
  ].join("\n");
  if (options.only === "") writeSection("Clusters", text);
} finally {
  for (const program of Object.values(programs)) program.stop();
  rmSync(folder, { recursive: true });
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
  const row = (label, seconds, i) =>
    `| ${label} | ${figure(seconds)} | ${peers[i].name}${fastest[i].words} | ${figure(median(theirs[i]))} | ${(seconds / median(theirs[i])).toFixed(2)} | ≤ ${peers[i].wanted} |`;
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
  return seconds.toPrecision(3).replace(/e\+.*/, "");
}
