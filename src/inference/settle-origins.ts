import type { Feature } from "../core/feature.js";
import { adjustPValues } from "./adjust-p-values.js";
import { formWords } from "./basis-model.js";
import type { BeyondOutcome } from "./beyond-bases.js";
import type { BeyondBases, DescriptorTest, DifferenceOrigin } from "./descriptor-line.js";
import { beyondNotes, notBeyondReason } from "./guard-words.js";

/** What the tests beyond the bases found. */
export interface BeyondFound {
  readonly bases: readonly Feature[];
  /** Feature name → its outcome, and the customers that it rests on. */
  readonly outcomes: ReadonlyMap<string, { readonly outcome: BeyondOutcome; readonly rows: number }>;
}

/** Adjusted p-values below this are differences. */
const claimLevel = 0.05;

/** Adjusts both kinds of p-values, each over all of its kind, and says of every difference where it comes from. */
export function settleOrigins(
  lines: readonly DescriptorTest[],
  found: BeyondFound,
): readonly DescriptorTest[] {
  const tested = lines.filter(({ pValue }) => pValue !== null);
  const plain = adjusted(tested.map(({ feature, pValue }) => [feature, pValue!]));
  const beyond = adjusted(
    tested.flatMap(({ feature }) => {
      const outcome = found.outcomes.get(feature)?.outcome;
      return outcome?.kind === "tested" ? [[feature, outcome.pValue] as const] : [];
    }),
  );
  return lines.map((line) =>
    line.pValue === null
      ? line
      : settleLine(line, found, { plain: plain.get(line.feature)!, beyond: beyond.get(line.feature) }),
  );
}

function adjusted(
  family: readonly (readonly [feature: string, pValue: number])[],
): ReadonlyMap<string, number> {
  const values = adjustPValues(
    family.map(([, pValue]) => pValue),
    "holm",
  );
  return new Map(family.map(([feature], i) => [feature, values[i]!]));
}

function settleLine(
  line: DescriptorTest,
  found: BeyondFound,
  { plain, beyond }: { readonly plain: number; readonly beyond: number | undefined },
): DescriptorTest {
  const own = found.outcomes.get(line.feature);
  const test = own === undefined ? null : describeBeyond(own, beyond);
  const nothing =
    found.bases.length === 0 ? "No feature of the table is a basis." : "Not asked for: no permutations.";
  return {
    ...line,
    adjustedPValue: plain,
    beyond: test,
    whyNotBeyond: test === null ? (own === undefined ? nothing : notBeyondReason(own.outcome)!) : null,
    origin: originOf(plain, beyond),
    notes: test === null ? line.notes : [...line.notes, ...beyondNotes(test.rows, line.known)],
  };
}

function originOf(plain: number, beyond: number | undefined): DifferenceOrigin | null {
  if (beyond !== undefined && beyond < claimLevel) return "own";
  if (plain >= claimLevel) return "none";
  return beyond === undefined ? null : "inherited";
}

function describeBeyond(
  { outcome, rows }: { readonly outcome: BeyondOutcome; readonly rows: number },
  adjustedPValue: number | undefined,
): BeyondBases | null {
  if (outcome.kind !== "tested" || adjustedPValue === undefined) return null;
  const { pValue, permutations, explained, share, left } = outcome;
  const standardError = Math.sqrt((pValue * (1 - pValue)) / permutations);
  return {
    pValue,
    adjustedPValue,
    standardError,
    permutations,
    model: formWords(outcome.form),
    rows,
    explained,
    share,
    left,
  };
}
