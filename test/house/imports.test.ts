import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

/** Each room may import itself and the rooms to its left. */
const rooms = [
  "core",
  "config",
  "engine",
  "sources",
  "features",
  "explore",
  "cluster",
  "lattice",
  "kmeans",
  "distances",
  "models",
  "methods",
  "validity",
  "verdict",
  "inference",
  "disclosure",
  "segments",
  "exports",
  "pushdown",
  "value",
  "refresh",
  "charts",
  "tables",
  "notebook",
  "parameters",
  "evaluator",
  "kernel",
  "runner",
  "report",
  "lab",
  "workbook",
  "propose",
  "index.ts",
  "commands",
  "cli.ts",
];

/** Rooms that must not know statistics may import these only. */
const narrow: Record<string, readonly string[]> = {
  charts: ["core", "segments", "charts"],
  notebook: ["core", "segments", "charts", "notebook"],
  parameters: ["core", "notebook", "parameters"],
  evaluator: ["core", "notebook", "evaluator"],
  kernel: ["core", "segments", "notebook", "parameters", "evaluator", "kernel"],
  runner: ["core", "notebook", "parameters", "evaluator", "kernel", "runner"],
  report: ["core", "disclosure", "segments", "charts", "notebook", "report"],
  lab: ["core", "segments", "charts", "notebook", "kernel", "lab"],
};

function sourceFiles(): string[] {
  return readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join("src", file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    relative(".", join(dirname(file), match[1]!)).replace(/\.js$/, ".ts"),
  );
}

const roomOf = (file: string): string => file.split("/")[0]!;

test("every source file stands in a room that the house knows", () => {
  assert.deepEqual(
    sourceFiles().filter((file) => !rooms.includes(roomOf(file))),
    [],
  );
});

test("imports run one way through the rooms", () => {
  const wrong = sourceFiles().flatMap((file) =>
    importsOf(file)
      .filter((target) => rooms.indexOf(roomOf(target)) > rooms.indexOf(roomOf(file)))
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("charts, notebook and report know results, not statistics", () => {
  const wrong = sourceFiles().flatMap((file) =>
    importsOf(file)
      .filter((target) => narrow[roomOf(file)]?.includes(roomOf(target)) === false)
      .map((target) => `${file} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("no file imports itself through others", () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), `cycle: ${[...path, file].join(" → ")}`);
    if (done.has(file)) return;
    for (const target of importsOf(file)) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of sourceFiles()) visit(file, []);
});

test("only the edge prints, draws unseeded numbers or reads the clock", () => {
  const forbidden = /\bconsole\.|process\.(stdout|stderr)\.write|Math\.random\(|Date\.now\(|new Date\(\)/;
  const allowed = (file: string): boolean => file === "cli.ts" || /^(?:evaluator|kernel)\//.test(file);
  assert.deepEqual(
    sourceFiles().filter((file) => !allowed(file) && forbidden.test(readFileSync(join("src", file), "utf8"))),
    [],
  );
});
