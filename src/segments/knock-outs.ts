import { checkNumber } from "../core/check.js";
import { countText, percentText } from "../core/number-text.js";
import { type SegmentVerdict, verdictText } from "../core/verdict.js";
import type { Profile } from "./profile.js";

/** A criterion that a segment has to fulfil: computed from the profile, or answered by the analyst. */
export type KnockOut =
  /** At least so many customers. */
  | { readonly name: string; readonly measure: "size"; readonly least: number }
  /** At least this share of the customers, 0–1. */
  | { readonly name: string; readonly measure: "share"; readonly least: number }
  /** At least this share of the revenue, 0–1. */
  | { readonly name: string; readonly measure: "revenue-share"; readonly least: number }
  /** Stands apart: at least so many markers, of any feature. */
  | { readonly name: string; readonly measure: "distinct"; readonly least: number }
  /** Can be recognised without the bases: at least so many markers among the descriptors. */
  | { readonly name: string; readonly measure: "identifiable"; readonly least: number }
  /** Trusted at least so far; verdicts by segment key. */
  | {
      readonly name: string;
      readonly measure: "verdict";
      readonly least: SegmentVerdict;
      readonly verdicts: Readonly<Record<string, SegmentVerdict>>;
    }
  /** Answered by the analyst, by segment key: reachable by our channels, matches what we are good at. Absent: still open. */
  | { readonly name: string; readonly measure: "asked"; readonly answers: Readonly<Record<string, boolean>> };

/** One knock-out criterion of one segment. */
export interface KnockOutResult {
  readonly name: string;
  /** null: the analyst has not answered. */
  readonly passed: boolean | null;
  /** What was found against what was asked: "212 customers, at least 200". */
  readonly words: string;
}

const surestFirst: readonly SegmentVerdict[] = ["natural", "reproducible", "constructive", "not-supported"];

/** Whether a segment of a profile fulfils a criterion. */
export function knockOutResult(knockOut: KnockOut, profile: Profile, segment: number): KnockOutResult {
  const { name } = knockOut;
  const { key, size, share, revenueShare, markers } = profile.segments[segment]!;
  if (knockOut.measure === "asked") {
    const passed = knockOut.answers[key] ?? null;
    return { name, passed, words: passed === null ? "not answered yet" : "the analyst's answer" };
  }
  if (knockOut.measure === "verdict") {
    const verdict = knockOut.verdicts[key];
    if (verdict === undefined) return { name, passed: null, words: "not judged" };
    const passed = surestFirst.indexOf(verdict) <= surestFirst.indexOf(knockOut.least);
    return { name, passed, words: `${verdictText(verdict)}, at least ${verdictText(knockOut.least)}` };
  }
  const { least } = knockOut;
  checkNumber("evaluateSegments", `least of "${name}"`, least, 0);
  const count = (value: number, unit: string): KnockOutResult => ({
    name,
    passed: value >= least,
    words: `${countText(value)} ${unit}, at least ${countText(least)}`,
  });
  const part = (value: number | null, unit: string): KnockOutResult => ({
    name,
    passed: value === null ? null : value >= least,
    words:
      value === null
        ? "revenue is not known"
        : `${percentText(value)} of ${unit}, at least ${percentText(least)}`,
  });
  switch (knockOut.measure) {
    case "size":
      return count(size, "customers");
    case "share":
      return part(share, "customers");
    case "revenue-share":
      return part(revenueShare, "revenue");
    case "distinct":
      return count(countFeatures(markers), "marked features");
    case "identifiable":
      return count(
        countFeatures(markers.filter(({ feature }) => feature.role !== "basis")),
        "marked descriptors",
      );
  }
}

function countFeatures(markers: Profile["segments"][number]["markers"]): number {
  return new Set(markers.map(({ feature }) => feature.name)).size;
}
