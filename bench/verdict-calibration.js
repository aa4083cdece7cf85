/**
 * How often the verdict is right on made customers: node bench/verdict-calibration.js [--only TEXT] [--rows 500] [--sets 100]
 * [--seed 1000] [--processes 2]. Every set's outcome is appended to bench/verdict-calibration.csv; sets that stand there are
 * not judged again. The table in docs/verdict-calibration.md is written from that file.
 */
import { fork } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { verdictKinds } from "./verdict-sets.js";
import { writeCalibrationTable } from "./verdict-table.js";

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rows: { type: "string", default: "500" },
    sets: { type: "string", default: "100" },
    seed: { type: "string", default: "1000" },
    processes: { type: "string", default: "2" },
  },
});
const file = fileURLToPath(new URL("verdict-calibration.csv", import.meta.url));
const heading = "kind,rows,seed,count,route,verdict,shown,detail,warned,seconds";

if (!existsSync(file)) appendFileSync(file, `${heading}\n`);
const known = new Set(
  readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.match(/^("[^"]*",\d+,\d+),/)?.[1]),
);
const todo = verdictKinds
  .filter((kind) => kind.includes(options.only))
  .flatMap((kind) =>
    Array.from({ length: Number(options.sets) }, (_, i) => ({
      kind,
      rows: Number(options.rows),
      seed: Number(options.seed) + i,
    })),
  )
  .filter(({ kind, rows, seed }) => !known.has(`"${kind}",${rows},${seed}`));

await Promise.all(Array.from({ length: Number(options.processes) }, work));
writeCalibrationTable(file);

/** One process that judges set after set on one thread: two of them fill two cores better than threads do. */
function work() {
  const child = fork(fileURLToPath(new URL("verdict-judge.js", import.meta.url)));
  return new Promise((resolve, reject) => {
    const next = () => (todo.length === 0 ? child.disconnect() : child.send(todo.shift()));
    child.on("message", (line) => {
      appendFileSync(file, `${line}\n`);
      next();
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`verdict-judge ended with ${code}`)),
    );
    next();
  });
}
