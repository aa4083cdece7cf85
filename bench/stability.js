// Stability beside R's fpc and flexclust: medians, taken in turns in one run.
// node bench/stability.js [--rscript FILE] [--threads N] [--rows N] [--resamples N] [--repeats N]; writes its section of bench/results.md.
// R works on one thread. Where flexclust is missing, its pairs of samples are timed with stats::kmeans in the place of its kcca.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { assessCounts, assessStability, fitKMeans } from "../dist/index.js";
import { drawMixture } from "./made-data.js";
import { median } from "./measure.js";
import { startPeer } from "./peer.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    rscript: { type: "string", default: "Rscript" },
    threads: { type: "string", default: "2" },
    rows: { type: "string", default: "5000" },
    resamples: { type: "string", default: "100" },
    repeats: { type: "string", default: "5" },
  },
});
const [threads, rowCount, resamples, repeats] = ["threads", "rows", "resamples", "repeats"].map((name) =>
  Number(options[name]),
);
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const matrix = drawMixture(rowCount, 6);
const file = join(folder, "values");
writeFileSync(file, matrix.values);
const peer = startPeer(options.rscript, [fileURLToPath(new URL("peers/stability.R", import.meta.url))]);

const fit = fitKMeans(matrix, { clusterCount: 4, seed: 1, starts: 20 });
// As bootFlexclust, which fits nothing but the samples.
const labellings = [2, 3, 4, 5, 6, 7, 8].map(
  (clusterCount) => fitKMeans(matrix, { clusterCount, seed: 1 }).labels,
);
const works = [
  {
    name: `bootstrap Jaccard, ${rowCount} × 6, 4 segments, B = ${resamples}, 20 starts`,
    ours: (seed) =>
      assessStability(matrix, {
        clusterCount: 4,
        seed,
        resamples,
        starts: 20,
        fit,
        keepRepeats: false,
        threads,
      }).segments.map(({ jaccard }) => jaccard),
    request: { task: "clusterboot", values: file, columns: 6, count: 4, starts: 20, draws: resamples },
  },
  {
    name: `bootstrap-pair ARI, ${rowCount} × 6, counts 2…8, ${resamples} pairs, 3 starts`,
    ours: (seed) =>
      assessCounts(matrix, {
        ...{ counts: [2, 8], seed, pairs: resamples, starts: 3, labellings, threads },
      }).counts.map(({ adjustedRand }) => adjustedRand.mean),
    request: { task: "pairs", values: file, columns: 6, count: 8, starts: 3, draws: resamples },
  },
];

/** Seconds of one call, the mean over calls for three seconds: a processor that wakes for half a second only is a slower one. */
function secondsOf(work) {
  const begun = performance.now();
  let calls = 0;
  do {
    work();
    calls++;
  } while (performance.now() - begun < 3000);
  return (performance.now() - begun) / 1000 / calls;
}

const rows = [];
let versions = "";
try {
  for (const work of works) {
    secondsOf(() => work.ours(0));
    const taken = { ours: [], theirs: [] };
    let answer;
    let found;
    for (let seed = 1; seed <= repeats; seed++) {
      found = work.ours(seed);
      taken.ours.push(secondsOf(() => work.ours(seed)));
      answer = await peer.ask({ ...work.request, seed });
      taken.theirs.push(answer.seconds);
    }
    versions = answer.version;
    const [ours, theirs] = [median(taken.ours), median(taken.theirs)];
    const means = (values) =>
      [...values]
        .sort((a, b) => b - a)
        .map((value) => value.toFixed(2))
        .join(" ");
    const row = `| ${work.name} | ${ours.toFixed(2)} | ${answer.peer} | ${theirs.toFixed(1)} | ${(theirs / ours).toFixed(1)} | ≥ 20 | ${means(found)} | ${means(answer.means)} |`;
    process.stdout.write(`${row}\n`);
    rows.push(row);
  }
} finally {
  peer.stop();
  rmSync(folder, { recursive: true });
}

writeSection(
  "Stability",
  [
    `Medians of ${repeats} turns after one to warm up; a turn of ours is the mean of calls for three seconds. Ours on ${threads} threads, R on one. The last columns are what was found (mean overlap per segment, mean index per count, largest first): both sides do the same work. ${versions}; Node ${process.versions.node}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}; load average when it ended ${loadavg()[0].toFixed(1)}.`,
    "",
    "| work | segbook, s | peer | peer, s | times faster | wanted | ours | theirs |",
    "| --- | ---: | --- | ---: | ---: | ---: | --- | --- |",
    ...rows,
  ].join("\n"),
);
