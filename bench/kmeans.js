// k-means, 1,000,000 × 8 from given centres, beside scikit-learn: medians of five, taken in turns in one run.
// node bench/kmeans.js [--python FILE] [--rows N] [--threads N]; writes its section of bench/results.md.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fitKMeans } from "../dist/cluster/kmeans.js";
import { createRandom } from "../dist/core/random.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    rows: { type: "string", default: "1000000" },
    threads: { type: "string", default: "2" },
  },
});
const rowCount = Number(options.rows);
const threads = Number(options.threads);
const columnCount = 8;
const repeats = 5;

const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
const peer = startPeer();
try {
  const versions = await peer.ask({});
  const matrix = drawMixture();
  writeFileSync(join(folder, "values"), matrix.values);
  const lines = [];
  for (const clusterCount of [6, 12]) lines.push(await compare(matrix, clusterCount));
  const processor = cpus()[0]?.model ?? "unknown processor";
  const text = [
    `${rowCount.toLocaleString("en")} rows × ${columnCount}, Lloyd from the same given centres to the fixed point, double precision; median of ${repeats}, both sides in turns after one warm-up each.`,
    `segbook with ${threads} threads on Node ${process.versions.node}; scikit-learn ${versions["scikit-learn"]} (numpy ${versions.numpy}) with ${versions.threads} OpenMP threads; ${cpus().length} cores, ${processor}; load average when it ended ${loadavg()[0].toFixed(1)}.`,
    "",
    "| clusters | segbook, s | scikit-learn, s | segbook / scikit-learn | iterations | inertia agrees to |",
    "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ...lines,
  ].join("\n");
  writeSection("k-means", text);
  process.stdout.write(`${text}\n`);
} finally {
  peer.stop();
  rmSync(folder, { recursive: true });
}

/** Ten overlapping Gaussian groups, on the lattice of applyRecipe. */
function drawMixture() {
  const random = createRandom(1);
  const centres = Array.from({ length: 10 }, () =>
    Array.from({ length: columnCount }, () => random.normal()),
  );
  const values = new Float64Array(rowCount * columnCount);
  for (let i = 0; i < rowCount; i++) {
    const centre = centres[random.below(centres.length)];
    for (let j = 0; j < columnCount; j++) {
      const z = Math.max(-8, Math.min(8, (centre[j] + random.normal()) / Math.SQRT2));
      values[i * columnCount + j] = Math.floor(z * 2 ** 20 + 0.5) / 2 ** 20;
    }
  }
  return { rowCount, columnCount, columns: centres[0].map((_, j) => `x${j}`), values };
}

async function compare(matrix, clusterCount) {
  const initialCentres = Array.from({ length: clusterCount }, (_, i) => [
    ...matrix.values.subarray(i * 1000 * columnCount, (i * 1000 + 1) * columnCount),
  ]);
  writeFileSync(join(folder, "centres"), Float64Array.from(initialCentres.flat()));
  const request = { columns: columnCount, values: join(folder, "values"), centres: join(folder, "centres") };
  const ours = [];
  const theirs = [];
  let fit;
  let answer;
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const begin = performance.now();
    fit = fitKMeans(matrix, { clusterCount, seed: 1, initialCentres, threads });
    ours.push((performance.now() - begin) / 1000);
    answer = await peer.ask(request);
    theirs.push(answer.seconds);
  }
  const [own, other] = [median(ours.slice(1)), median(theirs.slice(1))];
  const gap = Math.abs(fit.inertia / answer.inertia - 1);
  return `| ${clusterCount} | ${own.toFixed(3)} | ${other.toFixed(3)} | ${(own / other).toFixed(2)} | ${fit.iterations} / ${answer.iterations} | ${gap.toExponential(0)} |`;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function startPeer() {
  const script = fileURLToPath(new URL("peers/kmeans_sklearn.py", import.meta.url));
  const child = spawn(options.python, [script], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done)
        throw new Error("kmeans_sklearn.py ended without an answer; is scikit-learn installed for --python?");
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}
