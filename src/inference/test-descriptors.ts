import type { CustomerTable, FeatureColumn } from "../core/feature.js";
import { openBeyondCustomers, openBeyondProblem } from "./beyond-problem.js";
import { checkDescriptorRequest, type TestDescriptorsOptions } from "./check-descriptors.js";
import { type DescriptorTest, lineStart, lineWithoutTest } from "./descriptor-line.js";
import { circularReason, copyReason, inheritedNote, madeOfReason, missingNote } from "./guard-words.js";
import { type Inheritance, inheritanceFinder } from "./inherited-from.js";
import { type NaiveTest, prepareNaiveTest } from "./naive-test.js";
import { type BeyondFound, settleOrigins } from "./settle-origins.js";
import { shareBeyond } from "./share-beyond.js";

export type { TestDescriptorsOptions } from "./check-descriptors.js";

/** At this correlation with a basis feature a column is that feature in another dress. */
const copyMark = 0.95;
const inheritedMark = 0.5;

/**
 * Tests each descriptor and outcome for a difference between the segments, and for one beyond what the basis features already
 * imply; basis features, and what is made of them, get an effect size only.
 *
 * The plain test: for numbers Kruskal–Wallis if skewed (|skewness| above 1), ordinal (fewer than 10 distinct values), or a
 * segment is small or constant; else Welch ANOVA; for categories χ², or Fisher's exact test
 * where expected counts are small. Where means and ranks disagree (up to 100,000 rows) a note says which to trust. It finds a
 * difference in anything that goes along with a basis feature. The test beyond the bases adds the segments to a model of the bases (see `beyond.model`: splines and products
 * as far as the rows allow, and bends of what the model says) and permutes its residuals (Freedman–Lane), on at most 10,000
 * rows drawn by seed. Both are Holm-adjusted, each over all of its kind given here, and decide at 0.05: *own* where the second
 * finds a difference, *inherited* where only the first does, *none* where neither does. Where natural segments lie far
 * apart a smooth model tells them apart too, `beyond.left` is low, and little can be called own.
 *
 * Refused, with the reason: a basis feature; a near copy (|Spearman| 0.95 or more); what was cut from a basis; what the bases
 * explain to 90 % or more (adjusted R²), as they do sums and ratios. Unknown values and customers in no segment are left out and
 * counted; an unknown basis value is a level of its own. O(features · rows log rows + permutations · rows · segments²).
 *
 * @param table - One row per customer.
 * @param labels - Shape (nRows,), 0…segments − 1, −1 for in no segment.
 * @returns One line per descriptor, outcome and basis feature, in column order.
 * @throws InputError if lengths differ, a label has no name, there are fewer than two segments, or `features` or `choose` names
 * a basis feature or none of the table's.
 * @see Freedman & Lane (1983), doi:10.1080/07350015.1983.10509354; Winkler et al. (2014), doi:10.1016/j.neuroimage.2014.01.060;
 * Gao, Bien & Witten (2024), doi:10.1080/01621459.2022.2116331, on testing what formed the groups; Holm (1979).
 */
export function testDescriptors(
  table: CustomerTable,
  labels: ArrayLike<number>,
  options: TestDescriptorsOptions,
): readonly DescriptorTest[] {
  const columns = checkDescriptorRequest(table, labels, options);
  const inheritanceOf = inheritanceFinder(table, inheritedMark);
  const examined = columns.map((column) => examine(column, labels, { ...options, inheritanceOf }));
  const open = examined.filter((line): line is OpenLine => "naive" in line);
  const found = testBeyondBases(table, labels, open, options);
  const lines = examined.map((line) =>
    "naive" in line ? closeLine(line, labels, { options, found }) : line,
  );
  return settleOrigins(lines, found);
}

/** A column that may be tested, as far as it alone can tell. */
interface OpenLine {
  readonly column: FeatureColumn;
  readonly naive: NaiveTest;
  readonly inherited: Inheritance | undefined;
}

function examine(
  column: FeatureColumn,
  labels: ArrayLike<number>,
  options: TestDescriptorsOptions & { readonly inheritanceOf: ReturnType<typeof inheritanceFinder> },
): DescriptorTest | OpenLine {
  const segmentCount = options.segmentNames.length;
  const refuse = (why: string) => lineWithoutTest(column, labels, segmentCount, why);
  if (column.feature.role === "basis") return refuse(circularReason(column.feature));
  const inherited = options.inheritanceOf(column);
  if (inherited !== undefined && Math.abs(inherited.strength) >= copyMark)
    return { ...refuse(copyReason(inherited)), inheritedFrom: inherited };
  const chosen = options.choose?.get(column.feature.name);
  const naive = prepareNaiveTest(column, labels, { ...options, segmentCount, chosen });
  return typeof naive === "string" ? refuse(naive) : { column, naive, inherited };
}

/** Feature name → what the bases leave of it; without bases, or where no permutations are wanted, nothing. */
function testBeyondBases(
  table: CustomerTable,
  labels: ArrayLike<number>,
  open: readonly OpenLine[],
  options: TestDescriptorsOptions,
): BeyondFound {
  const bases = table.columns.flatMap(({ feature }) => (feature.role === "basis" ? [feature] : []));
  const { permutations = Math.max(999, 50 * open.length - 1), seed = 1, threads, onProgress } = options;
  if (bases.length === 0 || permutations === 0) return { bases, outcomes: new Map() };
  const customers = openBeyondCustomers(table, labels);
  const segmentCount = options.segmentNames.length;
  const problems = open.map(({ column }) =>
    openBeyondProblem(column, customers, { segmentCount, permutations, seed }),
  );
  const outcomes = shareBeyond(problems, { threads, onProgress });
  return {
    bases,
    outcomes: new Map(
      open.map(({ column }, i) => [
        column.feature.name,
        { outcome: outcomes[i]!, rows: problems[i]!.labels.length },
      ]),
    ),
  };
}

function closeLine(
  { column, naive, inherited }: OpenLine,
  labels: ArrayLike<number>,
  { options, found }: { readonly options: TestDescriptorsOptions; readonly found: BeyondFound },
): DescriptorTest {
  const count = options.segmentNames.length;
  const beyond = found.outcomes.get(column.feature.name);
  const refusal = beyond && madeOfReason(beyond.outcome, found.bases);
  if (refusal !== undefined)
    return { ...lineWithoutTest(column, labels, count, refusal), inheritedFrom: inherited ?? null };
  const start = lineStart(column, labels);
  const { method, statistic, degreesOfFreedom, effect, pValue, notes } = naive.test();
  return {
    ...start,
    ...{ method, statistic, degreesOfFreedom, effect, pValue },
    whyThisMethod: naive.whyThisMethod,
    adjustedPValue: null,
    whyNoPValue: null,
    beyond: null,
    whyNotBeyond: null,
    origin: null,
    inheritedFrom: inherited ?? null,
    notes: [
      ...missingNote(start.missing, start.known + start.missing),
      ...(naive.segments < count
        ? [`${count - naive.segments} of ${count} segments have no known value.`]
        : []),
      ...notes,
      ...(inherited === undefined ? [] : [inheritedNote(inherited)]),
    ],
  };
}
