/** From the outcomes of bench/verdict-calibration.js to the table of docs/verdict-calibration.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { wilsonInterval } from "../dist/inference/wilson-interval.js";
import { plantedGroups, verdictKinds } from "./verdict-sets.js";

const target = fileURLToPath(new URL("../docs/verdict-calibration.md", import.meta.url));

export function writeCalibrationTable(file) {
  const outcomes = readFileSync(file, "utf8").trim().split("\n").slice(1).map(readOutcome);
  const sizes = [...new Set(outcomes.map(({ rows }) => rows))].sort((a, b) => a - b);
  const sections = sizes.map((rows) =>
    section(
      rows,
      outcomes.filter((one) => one.rows === rows),
    ),
  );
  writeFileSync(target, `${introduction}\n\n${sections.join("\n\n")}\n`);
}

const introduction = `# How often the verdict is right

Made customers, with planted groups and without, judged by \`judgeSegments\` at its default settings. Sets are drawn anew from the
seeds named, which no limit of the procedure was tuned on, but for four rules: that a count gives way where a segment may be a
saddle, and that atoms amid a continuum are set aside, came from seeds 5000 to 5004 of square, triangle and three groups at 20,000
rows; that it gives way where a segment has shallow gaps only, from seeds 5003 and 5009 of the triangle there; that answers on steps are held against p ≤ 0.02 came from seeds 5000 to 5299 of 5-point answers at 500 rows (4 of them natural,
of the 100 fresh ones 3). In brackets: 95 % Wilson intervals. The last line of a section takes all kinds without groups together,
but for the ring, whose hole is no gap between groups. Seconds are of one thread, on machines of two kinds. Written by
\`node bench/verdict-calibration.js\` from \`bench/verdict-calibration.csv\`, which holds every set's outcome.`;

function readOutcome(line) {
  const [, kind, rest] = line.match(/^"([^"]*)",(.*)$/);
  const [rows, seed, count, route, verdict, shown, detail, warned, seconds] = rest.split(",");
  return {
    kind,
    rows: Number(rows),
    seed: Number(seed),
    count: Number(count),
    route,
    verdict,
    shown,
    detail,
    warned: warned === "1",
    seconds: Number(seconds),
  };
}

function section(rows, outcomes) {
  const lines = verdictKinds.flatMap((kind) => {
    const own = outcomes.filter((one) => one.kind === kind);
    return own.length === 0 ? [] : [line(kind, plantedGroups(kind), own)];
  });
  const groupFree = outcomes.filter(({ kind }) => plantedGroups(kind) === 1 && kind !== "ring");
  const kinds = new Set(groupFree.map(({ kind }) => kind)).size;
  // What the limits of 2 % natural and 95 % count 1 are about.
  const total = kinds < 2 ? [] : [line(`**all ${kinds} without groups**`, 1, groupFree)];
  return `## ${rows.toLocaleString("en-GB")} rows\n\n| set | seeds | planted | right count | called natural | weighted route | other counts; remarks | seconds (median) |\n| --- | --- | ---: | --- | --- | ---: | --- | ---: |\n${[...lines, ...total].join("\n")}`;
}

function line(name, planted, own) {
  const seeds = own.map(({ seed }) => seed);
  const right = own.filter(({ count }) => count === planted);
  const natural = own.filter(({ verdict }) => verdict === "natural");
  const seconds = own.map((one) => one.seconds).sort((a, b) => a - b)[own.length >> 1];
  const cells = [
    name,
    `${Math.min(...seeds)}–${Math.max(...seeds)}`,
    planted === 1 ? "none" : planted,
    share(right.length, own.length),
    share(natural.length, own.length),
    right.filter(({ route }) => route === "weighted").length,
    remarks(own, planted),
    seconds.toFixed(1),
  ];
  return `| ${cells.join(" | ")} |`;
}

function share(hits, all) {
  const { low, high } = wilsonInterval(hits, all);
  return `${hits} of ${all} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function remarks(own, planted) {
  const others = own.filter(({ count }) => count !== planted);
  const counts = tally(others.map(({ count }) => count));
  const shown = tally(
    own
      .map((one) => one.shown)
      .filter((word) => word !== "")
      .map((word) => word.replaceAll("-", " ")),
  );
  const mixed = own.filter(({ detail }) => detail !== "");
  const parts = [
    counts && `counts ${counts}`,
    mixed.length > 0
      ? `cut into 4: only the round group natural ${mixed.filter(({ detail }) => detail.startsWith("words")).length} of ${mixed.length}, right pair to merge ${mixed.filter(({ detail }) => detail.endsWith("pair")).length}`
      : shown && `cut into 3 on request: ${shown}`,
    own.some(({ warned }) => warned) && `warned of a ring ${own.filter(({ warned }) => warned).length}`,
  ];
  return parts.filter(Boolean).join("; ");
}

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([value, count]) => `${value}: ${count}`)
    .join(", ");
}
