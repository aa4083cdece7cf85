/** Judges the made sets that its parent process names, one line of comma-separated outcomes each. */
import { judgeSegments } from "segbook";
import { makeVerdictSet, plantedGroups } from "./verdict-sets.js";

process.on("message", ({ kind, rows, seed }) => process.send(judgeSet(kind, rows, seed)));

function judgeSet(kind, rows, seed) {
  const { matrix, groups } = makeVerdictSet(kind, { rows, seed });
  const shown =
    kind === "round group beside a continuum" ? 4 : plantedGroups(kind) === 1 && rows <= 500 ? 3 : 0;
  const before = process.cpuUsage();
  const judgement = judgeSegments(matrix, { seed, threads: 1, ...(shown && { shown: [shown] }) });
  const used = process.cpuUsage(before);
  const seconds = ((used.user + used.system) / 1e6).toFixed(2);
  const asked = judgement.solutions.find(({ count, route }) => count === shown && route === "plain");
  const warned = judgement.notes
    .concat(judgement.solutions.flatMap(warningsOf))
    .some((text) => /ring|curved|hollow/i.test(text));
  return [
    `"${kind}"`,
    rows,
    seed,
    judgement.recommendedCount,
    judgement.route,
    judgement.verdict,
    asked?.verdict ?? "",
    shown === 4 ? mixedDetail(asked, groups) : "",
    warned ? 1 : 0,
    seconds,
  ].join(",");
}

const warningsOf = (solution) => solution.segments.flatMap(({ warnings = [] }) => warnings);

/** Of a cut into four: "ok" if only the round group is natural and the pair to merge lies in the continuum. */
function mixedDetail(solution, groups) {
  if (solution === undefined || solution.labels.length !== groups.length) return "";
  const share = solution.segments.map(({ cluster, size }) => {
    const round = groups.filter((group, row) => group === 0 && solution.labels[row] === cluster);
    return round.length / size;
  });
  const rightWords = solution.segments.every(
    ({ verdict, cluster }) => (verdict === "natural") === share[cluster] > 0.5,
  );
  const { mergeFirst } = solution;
  const rightPair = mergeFirst !== null && share[mergeFirst.a] < 0.5 && share[mergeFirst.b] < 0.5;
  return `${rightWords ? "words" : "-"} ${rightPair ? "pair" : "-"}`;
}
