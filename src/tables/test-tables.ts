import type { DisplayTable } from "../charts/figure.js";
import type { DescriptorTest } from "../inference/descriptor-line.js";

/** Descriptors and outcomes, largest effect first, with both adjusted p-values and where a difference comes from. */
export function descriptorTestsTable(tests: readonly DescriptorTest[]): DisplayTable {
  const tested = tests.filter(({ role }) => role !== "basis").sort(byEffect);
  return {
    kind: "table",
    caption: "Do the segments differ in what did not form them?",
    columns: [
      { name: "Feature" },
      { name: "Known", digits: 0 },
      { name: "Effect (95 % interval)" },
      { name: "Size" },
      { name: "Difference" },
      { name: "p, plain", align: "right" },
      { name: "p, beyond the bases", align: "right" },
      { name: "Mind" },
    ],
    rows: tested.map((test) => [
      test.label,
      test.known,
      effectText(test),
      test.effect?.words.replace(/:.*/s, "") ?? "",
      test.origin ?? "",
      pText(test.adjustedPValue),
      pText(test.beyond?.adjustedPValue ?? null),
      mindText(test),
    ]),
    note: tableNote(tested),
  };
}

function effectText({ effect }: DescriptorTest): string {
  if (effect === null) return "–";
  const { name, value, interval } = effect;
  const reach = interval ? ` (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})` : "";
  return `${name} ${value.toFixed(3)}${reach}`;
}

/** The test, why another is missing, and what to know; that a p underflowed shows in its column. */
function mindText({ method, whyNoPValue, whyNotBeyond, notes }: DescriptorTest): string {
  const told = notes.filter((note) => !note.startsWith("p is smaller than can be computed"));
  const parts = [method && `${method}.`, whyNoPValue, whyNotBeyond, ...told];
  return [...new Set(parts)].filter(Boolean).join(" ");
}

function tableNote(tests: readonly DescriptorTest[]): string {
  const beyond = tests.flatMap((test) => test.beyond ?? []);
  const models = [...new Set(beyond.map(({ model }) => model))].join("; ");
  const error = Math.max(0, ...beyond.map(({ standardError }) => standardError));
  return [
    "Both p are adjusted (Holm), each over its column. The plain one asks whether the segments differ; the other, whether they differ beyond what the basis features already imply.",
    ...(beyond.length === 0
      ? []
      : [
          `It adds the segments to a model of the bases (${models}) and permutes residuals; before adjusting, its standard error from the number of permutations is at most ${error.toFixed(3)}.`,
        ]),
    "own: they differ beyond the bases; inherited: they differ, and no more than the bases imply; none: no difference found, at 0.05. A small p says that a difference is there, not that it matters: read the effect.",
  ].join(" ");
}

/** Basis features: how much of each lies between the segments, and why there is no p-value. */
export function basisEffectsTable(tests: readonly DescriptorTest[]): DisplayTable {
  return {
    kind: "table",
    caption: "Basis features: size of the effect, no p-value",
    columns: [{ name: "Feature" }, { name: "Effect" }, { name: "In words" }],
    rows: tests
      .filter(({ role }) => role === "basis")
      .sort(byEffect)
      .map(({ label, effect }) => [
        label,
        effect ? `${effect.name} ${effect.value.toFixed(3)}` : "–",
        effect?.words ?? "",
      ]),
    note: "These columns formed the segments, so they differ by construction: a test would find a difference in pure noise too, and none is made.",
  };
}

/** What the tests say, in sentences that the numbers bear out. */
export function descriptorSentence(tests: readonly DescriptorTest[]): string {
  const tested = tests
    .filter(({ role, adjustedPValue }) => role !== "basis" && adjustedPValue !== null)
    .sort(byEffect);
  const differing = tested.filter(({ adjustedPValue }) => adjustedPValue! < 0.05);
  if (tested.length === 0)
    return "Nothing could be tested: every feature that can be compared formed the segments.";
  const start = `${howMany(differing.length, tested.length)} between the segments beyond chance (Holm-adjusted p below 0.05).`;
  const strongest = differing[0];
  if (strongest === undefined)
    return `${start} No difference was found beyond the features that formed the segments.`;
  const effect = strongest.effect ? ` (${strongest.effect.words})` : "";
  return `${start} The largest difference is in “${strongest.label}”${effect}. ${originWords(differing)}`;
}

function originWords(differing: readonly DescriptorTest[]): string {
  const own = differing.filter(({ origin }) => origin === "own").length;
  const inherited = differing.filter(({ origin }) => origin === "inherited").length;
  if (own + inherited === 0)
    return "Whether a difference goes beyond the basis features could not be tested.";
  const all = `${differing.length} difference${differing.length === 1 ? "" : "s"}`;
  return `Of ${all}, ${own} go${own === 1 ? "es" : ""} beyond what the basis features imply and ${inherited} ${inherited === 1 ? "is" : "are"} inherited from them.`;
}

function howMany(differing: number, tested: number): string {
  if (tested === 1) return `The one feature tested ${differing === 1 ? "differs" : "does not differ"}`;
  if (differing === 0) return `None of the ${tested} features tested differs`;
  if (differing === tested) return `All ${tested} features tested differ`;
  return `${differing} of the ${tested} features tested ${differing === 1 ? "differs" : "differ"}`;
}

const byEffect = (a: DescriptorTest, b: DescriptorTest): number => explained(b) - explained(a);

/** Cramér's V is a correlation, the other effects are shares of variation: squared, V can stand beside them. */
function explained({ effect }: DescriptorTest): number {
  if (effect === null) return -1;
  return effect.name.startsWith("Cramér") ? effect.value ** 2 : effect.value;
}

function pText(p: number | null): string {
  if (p === null) return "none";
  if (p < 0.001) return "< 0.001";
  return p.toFixed(3);
}
