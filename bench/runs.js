// Whole runs: `npm start`, and Online Retail from CSV.gz to report beside a Python analyst's notebook: medians of five, in turns.
// node bench/runs.js --data FOLDER [--python FILE] [--repeats N]; writes its sections of bench/results.md.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure, median } from "./measure.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    data: { type: "string" },
    python: { type: "string", default: "python3" },
    repeats: { type: "string", default: "5" },
  },
});
const repeats = Number(options.repeats);
const root = fileURLToPath(new URL("..", import.meta.url));
const sales = "online_retail_2010-12_2011-12.csv.gz";
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));

/** One whole run with nothing remembered from an earlier one. */
async function segbook(workbook, extra, memory = false) {
  rmSync(join(root, workbook, ".segbook"), { recursive: true, force: true });
  const words = ["bin/segbook.js", "run", "--fresh", "--quiet", "--workbook", `${workbook}/segbook.yaml`];
  return measure(process.execPath, [...words, "--output", join(folder, "report"), ...extra], {
    cwd: root,
    memory,
  });
}

function peer(memory = false) {
  const words = [
    join(root, "bench/peers/online_retail.py"),
    join(options.data, sales),
    join(folder, "peer.html"),
  ];
  // The same references, starts and resamples as ours, and the count that ours picks.
  const settings = { REFERENCES: "30", REFERENCE_STARTS: "5", RESAMPLES: "50", CLUSTERS: "5" };
  return measure(options.python, words, { env: { ...process.env, ...settings }, stdio: "ignore", memory });
}

const ours = { start: [], retail: [] };
const theirs = [];
for (let i = 0; i < repeats; i++) {
  ours.start.push(await segbook("data/sample", []));
  ours.retail.push(await segbook("data/online-retail", ["--data", options.data]));
  theirs.push(await peer());
}
const data = ["--data", options.data];
const held = {
  start: await segbook("data/sample", [], true),
  retail: await segbook("data/online-retail", data, true),
  peer: await peer(true),
};
rmSync(folder, { recursive: true });

const seconds = (runs) => median(runs.map((run) => run.seconds));
const gigabytes = ({ peakBytes }) => (peakBytes / 1e9).toFixed(2);
const machine = `Median of ${repeats}, in turns; ${cpus().length} cores, ${cpus()[0]?.model}; Node ${process.versions.node}; load average when it ended ${loadavg()[0].toFixed(1)}. Memory is the largest seen in one more run, of the whole process tree.`;
writeSection(
  "Sample shop, all notebooks to report",
  [
    machine,
    "",
    "| | seconds | memory, GB |",
    "| --- | ---: | ---: |",
    `| npm start | ${seconds(ours.start).toFixed(1)} | ${gigabytes(held.start)} |`,
  ].join("\n"),
);
writeSection(
  "Online Retail, CSV.gz to report",
  [
    `${machine} The peer is \`bench/peers/online_retail.py\` (pandas, scikit-learn, nbclient, nbconvert) with the same references, starts and resamples.`,
    "",
    "| | seconds | memory, GB |",
    "| --- | ---: | ---: |",
    `| segbook run | ${seconds(ours.retail).toFixed(1)} | ${gigabytes(held.retail)} |`,
    `| Python notebook | ${seconds(theirs).toFixed(1)} | ${gigabytes(held.peer)} |`,
    `| segbook / Python | ${(seconds(ours.retail) / seconds(theirs)).toFixed(2)} | |`,
  ].join("\n"),
);
