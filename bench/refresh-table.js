/** From the outcomes of bench/refresh-control.js to the tables of docs/refresh-control.md. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { wilsonInterval } from "../dist/inference/wilson-interval.js";
import { controlFile, heldFile, hysteresisFile } from "./refresh-outcomes.js";

const target = fileURLToPath(new URL("../docs/refresh-control.md", import.meta.url));

export function writeControlTable() {
  const all = controlFile.rows();
  const of = (kind) => all.filter((row) => row.kind === kind);
  const parts = [
    [refreshes, of("refresh")],
    [strangers, of("strangers")],
    [hysteresis, hysteresisFile.rows()],
    [heldCustomers, heldFile.rows()],
  ];
  const sections = parts.filter(([, rows]) => rows.length > 0).map(([write, rows]) => write(rows));
  writeFileSync(target, `${[introduction(all[0].customers), ...sections].join("\n\n")}\n`);
}

const introduction = (customers) => `# What a refresh does when nothing has changed

Made shops of ${countOf(customers)} customers of the sample shop's planted groups (\`bench/refresh-shop.js\`), looked at again and again. Who a customer is stays: the group, the age, and four fifths of the
variance of what makes customers of one group differ. The other fifth, and all of the days since the last purchase, is drawn anew at each look, as another quarter would show another sample of the
same habits. Between two looks 3 % of the customers leave and as many come from the same population. So nothing drifts, and a refresh should find every segment again and say *keep*. In brackets:
95 % Wilson intervals. Written by \`node bench/refresh-control.js\` from \`bench/refresh-control.csv\`, \`refresh-hysteresis.csv\` and \`refresh-held.csv\`, which hold every outcome.`;

/** The refresh itself: frozen recipe, search, matching, drift, gates, recommendation. */
function refreshes(all) {
  const populations = [...new Set(all.map(({ population }) => Number(population)))];
  const lowest = Math.min(...all.map(({ lowest_jaccard: jaccard }) => Number(jaccard)));
  const found = [...new Set(all.map(({ segments }) => segments))].sort().join(" or ");
  const rows = [
    ["every segment continued", share(all, ({ not_continued: words }) => words === "")],
    ["recommendation *keep*", share(all, ({ recommendation }) => recommendation === "keep")],
    ["any gate fails", share(all, ({ failed_gates: gates }) => gates !== "")],
    ["any of 7 features drifts", share(all, ({ drifting }) => drifting !== "")],
    ["the mix of segments drifts", share(all, ({ mix_drifts: drifts }) => drifts === "true")],
    ...driftRows(all),
  ];
  return `## The same customers again

${all.length} refreshes of ${populations.length} populations (seeds ${Math.min(...populations)}–${Math.max(...populations)}), looked at again after their segments were defined; ${found} segments. The lowest Jaccard overlap of any
segment with the one it was before is ${lowest.toFixed(2)}. Customers who are at both dates differ less by chance than the tests assume, so that fewer alarms than 5 % are due.
The planted groups are clear; where segments are slices of a continuum a refit may cut elsewhere by chance, which the rules call *keep* too.

${table(["outcome", "refreshes"], rows)}`;
}

/** Drift between dates that share nobody: here 5 % would be due before the floors. */
function strangers(all) {
  const draws = all.map(({ draw }) => Number(draw));
  const rows = [
    ["any of 7 features drifts", share(all, ({ drifting }) => drifting !== "")],
    ...driftRows(all),
  ];
  return `## Other customers of the same population

${all.length} populations of ${countOf(2 * all[0].customers)} (seeds ${20_000 + Math.min(...draws)}–${20_000 + Math.max(...draws)}), parted by lot into two dates that share nobody, for which the p-values are meant: without floors at most 5 % are due.

${table(["outcome", "pairs"], rows)}`;
}

function driftRows(all) {
  return [
    [
      "any p-value below 0.05 after Benjamini–Hochberg, however small the effect",
      share(all, ({ significant }) => significant !== ""),
    ],
    ["the classifier drifts", share(all, ({ classifier_drifts: drifts }) => drifts === "true")],
    [
      "the classifier above its band by lot, however little",
      share(all, ({ above_band: is }) => is === "true"),
    ],
  ];
}

/** Six refreshes in a row under one definition. */
function hysteresis(all) {
  const limits = [...new Set(all.map(({ limit }) => limit))];
  const populations = new Set(all.map(({ population }) => population));
  const sum = (wanted, name) =>
    all.filter(({ limit }) => limit === wanted).reduce((total, row) => total + Number(row[name]), 0);
  const rows = limits.map((limit) => {
    const isOff = limit === "0";
    const fewer = 1 - sum(limit, "changes") / sum("0", "changes");
    return [
      isOff ? "off" : limit,
      countOf(sum(limit, "changes")),
      isOff ? "–" : `${(100 * fewer).toFixed(0)} %`,
      countOf(sum(limit, "held")),
      countOf(sum(limit, "held_at_end")),
    ];
  });
  return `## Hysteresis: changes of segment by customers who did not change

Six refreshes in a row under one definition, ${populations.size} populations of ${countOf(all[0].customers)} customers. A customer moves when the margin reaches the limit, or when the definition asks for the same move at the second
refresh in a row. Held counts a customer at each refresh at which the nearest centre was not followed: the price.

${table(["limit of the margin", "changes of segment", "fewer", "held", "held at the last refresh"], rows)}`;
}

function heldCustomers(all) {
  const rows = all.map((row) => [
    row.population,
    row.customer,
    row.held_in,
    row.nearest,
    Number(row.margin).toFixed(3),
  ]);
  return `### Who is held at the last refresh, limit 0.05

${table(["population", "customer", "held in", "nearest centre", "margin"], rows)}`;
}

function share(all, test) {
  const hits = all.filter(test).length;
  const { low, high } = wilsonInterval(hits, all.length);
  return `${hits} of ${all.length} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function countOf(value) {
  return Number(value).toLocaleString("en-GB");
}

function table(heading, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join(
    "\n",
  );
}
