// How the cost of k-means grows with rows and clusters. node bench/growth.js [--threads N] [--most-rows N];
// writes docs/clustering-cost.svg and its section of bench/results.md.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { axisTitle, buildFigure } from "../dist/charts/build-figure.js";
import { figurePicture } from "../dist/charts/figure-picture.js";
import { fitKMeans } from "../dist/index.js";
import { drawMixture, spacedRows } from "./made-data.js";
import { median } from "./measure.js";
import { writeSection } from "./results.js";

const { values: options } = parseArgs({
  options: {
    threads: { type: "string", default: "2" },
    "most-rows": { type: "string", default: "10000000" },
  },
});
const threads = Number(options.threads);
const rowCounts = [10_000, 100_000, 1_000_000, 10_000_000].filter(
  (rows) => rows <= Number(options["most-rows"]),
);
const clusterCounts = [2, 4, 8, 16, 32, 64];
const columnCount = 8;
const maxIterations = 20;

// The first call compiles; its time belongs to no size.
fitKMeans(drawMixture(10_000, columnCount), { clusterCount: 8, starts: 5, seed: 1, threads, maxIterations });
const table = rowCounts.map((rowCount) => {
  const matrix = drawMixture(rowCount, columnCount);
  const repeats = rowCount > 1_000_000 ? 1 : 3;
  return clusterCounts.map((clusterCount) => {
    const initialCentres = spacedRows(matrix, clusterCount);
    const seconds = Array.from({ length: repeats }, () => {
      const begin = performance.now();
      fitKMeans(matrix, { clusterCount, initialCentres, seed: 1, threads, maxIterations });
      return (performance.now() - begin) / 1000;
    });
    return median(seconds);
  });
});
const caption = `Seconds of ${maxIterations} iterations of k-means from given centres, ${columnCount} columns, ${threads} threads`;
writeFileSync(
  fileURLToPath(new URL("../docs/clustering-cost.svg", import.meta.url)),
  `${figurePicture(drawGrowth()).replace(">", `><title>${caption}</title>`)}\n`,
);
writeSection(
  "How cost grows",
  [
    `${caption}; Node ${process.versions.node}; ${cpus().length} cores, ${cpus()[0]?.model ?? "unknown processor"}; load average when it ended ${loadavg()[0].toFixed(1)}.`,
    "",
    `| rows | ${clusterCounts.map((count) => `${count} clusters`).join(" | ")} |`,
    `| ---: | ${clusterCounts.map(() => "---:").join(" | ")} |`,
    ...table.map(
      (seconds, i) =>
        `| ${rowCounts[i].toLocaleString("en")} | ${seconds.map((value) => value.toPrecision(2)).join(" | ")} |`,
    ),
  ].join("\n"),
);

function drawGrowth() {
  const powers = [-3, -2, -1, 0, 1, 2];
  return buildFigure({
    title: caption,
    data: clusterCounts.map((count, j) => ({
      type: "scatter",
      mode: "lines+markers",
      name: `${count} clusters`,
      x: rowCounts.map(Math.log10),
      y: table.map((seconds) => Math.log10(seconds[j])),
      line: { color: `hsl(215, 60%, ${75 - 11 * j}%)`, width: 2 },
      marker: { color: `hsl(215, 60%, ${75 - 11 * j}%)`, size: 6 },
    })),
    layout: {
      xaxis: {
        title: axisTitle("Rows"),
        tickvals: rowCounts.map(Math.log10),
        ticktext: rowCounts.map((rows) => rows.toLocaleString("en")),
        range: [3.9, Math.log10(rowCounts.at(-1)) + 0.1],
      },
      yaxis: {
        title: axisTitle("Seconds, from the lightest line (2 clusters) to the darkest (64)"),
        tickvals: powers,
        ticktext: powers.map((power) => String(10 ** power)),
        range: [-3, 2],
      },
    },
    height: 420,
    table: { kind: "table", caption, columns: [], rows: [] },
  });
}
