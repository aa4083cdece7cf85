/**
 * Six refreshes of Online Retail, a month each, twice from scratch: node bench/refresh-online-retail.js --data <folder of the file>.
 * Writes docs/refresh-online-retail.md and its pictures; ends with an error if a byte of the two histories differs.
 */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { figurePicture } from "../dist/charts/figure-picture.js";
import { segmentFlows } from "../dist/charts/segment-flows.js";
import { sizesOverTime } from "../dist/charts/sizes-over-time.js";
import { sha256 } from "../dist/core/sha256.js";
import { openHistory } from "../dist/refresh/open-history.js";
import { sizesView, transitionsView } from "../dist/workbook/history-views.js";
import { measureRun } from "./measure.js";

const { values } = parseArgs({ options: { data: { type: "string" } } });
const dates = ["2011-06-30", "2011-07-31", "2011-08-31", "2011-09-30", "2011-10-31", "2011-11-30"];
const fromHere = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "segbook-bench-"));
try {
  const runs = await refreshSixTimes("one");
  await refreshSixTimes("other");
  const [one, other] = ["one", "other"].map((name) => filesOf(join(folder, name, "history")));
  const different = Object.keys({ ...one, ...other }).filter((file) => one[file] !== other[file]);
  if (different.length > 0) throw new Error(`from scratch these differ: ${different.join(", ")}`);
  await tell(runs, Object.keys(one).length);
} finally {
  rmSync(folder, { recursive: true });
}

async function refreshSixTimes(name) {
  const own = join(folder, name);
  mkdirSync(own);
  copyFileSync(fromHere("../data/online-retail/segbook.yaml"), join(own, "segbook.yaml"));
  const runs = [];
  for (const date of dates) {
    const words = [
      "refresh",
      "--as-of",
      date,
      "--workbook",
      join(own, "segbook.yaml"),
      "--data",
      values.data,
    ];
    const command = [fromHere("../bin/segbook.js"), ...words];
    runs.push(await measureRun(process.execPath, command, { accepts: [0, 1] }));
  }
  return runs;
}

function filesOf(root) {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(root, file), sha256(readFileSync(file))]),
  );
}

async function tell(runs, files) {
  const history = await openHistory(join(folder, "one", "history"));
  // A refused refresh leaves its record, too.
  const records = dates.map((date) =>
    JSON.parse(readFileSync(join(folder, "one", "history", "states", date, "record.json"), "utf8")),
  );
  const ends = { from: dates[0], to: dates.at(-1) };
  const sizes = sizesOverTime(sizesView(await history.sizes()));
  const flows = segmentFlows(transitionsView(await history.transitions(ends.from, ends.to), ends));
  history.close();
  for (const [name, figure] of Object.entries({ sizes, flows }))
    writeFileSync(fromHere(`../docs/refresh-online-retail-${name}.svg`), `${titled(figure)}\n`);
  writeFileSync(fromHere("../docs/refresh-online-retail.md"), page({ records, runs, files, sizes, flows }));
}

function titled(figure) {
  return figurePicture(figure).replace(">", `><title>${findingOf(figure)}</title>`);
}

/** The title of a figure on one line. */
function findingOf({ layout }) {
  return layout.title.text.replaceAll("<br>", " ");
}

function page({ records, runs, files, sizes, flows }) {
  const total = (part) => runs.reduce((sum, run) => sum + run[part], 0).toFixed(0);
  return `# Six months of Online Retail

The workbook [\`data/online-retail\`](../data/online-retail/README.md) refreshed at the end of six months, as a team would: one command a month.
Written by \`node bench/refresh-online-retail.js\`: ${total("seconds")} seconds in all (${total("processorSeconds")} of processors), at most ${Math.max(...runs.map(({ gigabytes }) => gigabytes)).toFixed(2)} GB. The same six refreshes from scratch gave the same bytes in all ${files} files of the history.

| as of | customers | new | recommendation | in force | kept or changed |
| --- | ---: | ---: | --- | --- | --- |
${records.map(row).join("\n")}

![${findingOf(sizes)}](refresh-online-retail-sizes.svg)

![${findingOf(flows)}](refresh-online-retail-flows.svg)

## Every record

${records.map(story).join("\n\n")}
`;
}

function row({ asOf, customers, recommendation, definition }) {
  const { version, createdFor, decision } = definition;
  return `| ${asOf} | ${count(customers.after)} | ${count(customers.arrived)} | ${recommendation?.word ?? "first state"} | version ${version}, of ${createdFor} | ${decision} |`;
}

function story({ asOf, recommendation, segments, gates, drift, migration }) {
  const drifting = drift.filter(({ isDrifting }) => isDrifting);
  const found = segments.map(
    ({ key, name, status, jaccard, size }) =>
      `${key} ${name}: ${status}${jaccard > 0 ? ` (Jaccard ${jaccard.toFixed(2)})` : ""}, ${count(size)}`,
  );
  const failed = gates.filter(({ passed, name }) => !passed && name !== "recommendation");
  const lines = [
    `**${asOf}.** ${recommendation ? `${recommendation.word}. ${recommendation.reasons.join(" ")}` : "The first state: a plain fit."}`,
    `- Segments of the refit: ${found.join("; ")}.`,
    ...(migration
      ? [
          `- ${(100 * migration.matrix.stayers).toFixed(1)} % of the customers at both dates stayed in their segment.`,
        ]
      : []),
    ...(drifting.length > 0 ? [`- Drift in ${drifting.length} of ${drift.length} features.`] : []),
    ...failed.map(({ name, reason }) => `- Gate ${name}: ${reason}`),
  ];
  return [lines[0], "", ...lines.slice(1)].join("\n");
}

function count(number) {
  return number.toLocaleString("en");
}
