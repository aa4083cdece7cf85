import type { DisplayTable } from "../charts/figure.js";
import type { DescriptorTest } from "../inference/descriptor-line.js";

/** Descriptors and outcomes, largest effect first, with a Holm-adjusted p-value. */
export function descriptorTestsTable(tests: readonly DescriptorTest[]): DisplayTable {
  const tested = tests.filter(({ role }) => role !== "basis").sort(byEffect);
  return {
    kind: "table",
    caption: "Do the segments differ in what did not form them?",
    columns: [
      { name: "Feature" },
      { name: "Known", digits: 0 },
      { name: "Effect" },
      { name: "95 % interval" },
      { name: "In words" },
      { name: "Test" },
      { name: "p, Holm-adjusted", align: "right" },
      { name: "Mind" },
    ],
    rows: tested.map((test) => [
      test.label,
      test.known,
      test.effect ? `${test.effect.name} ${test.effect.value.toFixed(3)}` : "–",
      test.effect?.interval
        ? `${test.effect.interval.low.toFixed(3)} to ${test.effect.interval.high.toFixed(3)}`
        : "–",
      test.effect?.words ?? "",
      test.method ?? "",
      pText(test.adjustedPValue),
      [test.whyNoPValue ?? "", ...test.notes].filter(Boolean).join(" "),
    ]),
    note: "p is adjusted (Holm) over all tests in this table. A small p says that a difference is there, not that it matters: read the effect.",
  };
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
  const tested = tests.filter(({ adjustedPValue }) => adjustedPValue !== null).sort(byEffect);
  const differing = tested.filter(({ adjustedPValue }) => adjustedPValue! < 0.05);
  if (tested.length === 0)
    return "Nothing could be tested: every feature that can be compared formed the segments.";
  const start = `${howMany(differing.length, tested.length)} between the segments beyond chance (Holm-adjusted p below 0.05).`;
  const strongest = differing[0];
  if (strongest === undefined)
    return `${start} No difference was found beyond the features that formed the segments.`;
  const inherited = differing.filter(({ inheritedFrom }) => inheritedFrom !== null).length;
  const effect = strongest.effect ? ` (${strongest.effect.words})` : "";
  const moving =
    inherited === 0
      ? "No difference goes along with a basis feature."
      : `Partly inherited, because the feature moves with a basis feature: ${inherited} of ${differing.length}.`;
  return `${start} The largest difference is in “${strongest.label}”${effect}. ${moving}`;
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
