import { listForMessage } from "../core/check.js";
import { RunError } from "../core/errors.js";
import type { CustomerTable } from "../core/feature.js";
import { countText } from "../core/number-text.js";
import { findLeaks, leakLines } from "../disclosure/check-texts.js";
import { countCombinations } from "../disclosure/count-combinations.js";
import { createScanner } from "../disclosure/scan-text.js";
import { warnSensitiveNames } from "../disclosure/sensitive-names.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { factsText } from "../segments/facts-file.js";
import type { SegmentFacts } from "../segments/segment-facts.js";
import { definitionText } from "../segments/write-definition.js";
import type { Workbook } from "./open-workbook.js";
import type { Segmentation } from "./segmentation.js";

/** One thing that was looked at before anything leaves. */
export interface PrivacyCheck {
  readonly check: string;
  /** stop: nothing may leave; warn: a person should look; good. */
  readonly outcome: "good" | "warn" | "stop";
  /** In words, with the figures; names no customer. */
  readonly found: string;
}

/**
 * Looks at what is about to leave: whether definition and profile name anybody, whether a verification row is a customer's own,
 * which figures are too small, whom combinations of descriptors would give away, and names that ad platforms restrict.
 */
export async function checkPrivacy(
  book: Workbook,
  found: Segmentation,
  facts: SegmentFacts,
): Promise<readonly PrivacyCheck[]> {
  const table = await book.table();
  const { definition } = found;
  const scan = createScanner({ keys: table.keys, keyName: book.config.key });
  const leaks = leakLines(
    findLeaks(
      [
        { name: "definition.json", text: definitionText(definition) },
        { name: "profile.json", text: factsText(facts) },
      ],
      scan,
    ),
  );
  return [
    {
      check: "Definition and profile name nobody",
      outcome: leaks.length === 0 ? "good" : "stop",
      found:
        leaks.length === 0
          ? `none of ${countText(table.keys.length)} customer keys, no e-mail, phone, card or account number`
          : leaks.join("; "),
    },
    rowCheck(definition, table),
    {
      check: `Figures of fewer than ${facts.smallestGroup} customers`,
      outcome: "good",
      found:
        facts.hidden === 0
          ? "there are none"
          : `${countText(facts.hidden)} are not shown, those included that would give one away`,
    },
    combinationCheck(table, facts.smallestGroup),
    nameCheck(facts),
  ];
}

/**
 * Ends a run that would let something out that names a customer.
 *
 * @throws RunError naming what was found, unless the workbook's `privacy.allow` lists `personal-data`.
 */
export function requirePrivacy(checks: readonly PrivacyCheck[], { privacy }: SegmentFacts): void {
  const bad = checks.filter(({ outcome }) => outcome === "stop").map(({ found }) => found);
  if (bad.length === 0 || privacy.allow.includes("personal-data")) return;
  throw new RunError(
    `requirePrivacy: what leaves must name no customer, got ${listForMessage(bad)}. Leave it out, or write privacy: { allow: [personal-data] } into the workbook`,
  );
}

/** Verification rows are made up; one that is a customer's own would be a copy of a person. */
function rowCheck(definition: Definition, table: CustomerTable): PrivacyCheck {
  const names = inputsOf(definition).map(({ name }) => name);
  const columns = names.map((name) => table.columns.find(({ feature }) => feature.name === name)?.values);
  const own = new Set<string>();
  if (columns.every((values) => values !== undefined))
    for (let row = 0; row < table.keys.length; row++)
      own.add(JSON.stringify(columns.map((values) => values?.[row] ?? null)));
  const copies = definition.verification.filter(({ inputs }) => own.has(JSON.stringify(inputs))).length;
  return {
    check: "Verification rows are nobody’s",
    outcome: copies === 0 ? "good" : "stop",
    found:
      copies === 0
        ? `none of ${countText(definition.verification.length)} equals the row of a customer`
        : `${countText(copies)} of ${countText(definition.verification.length)} equal the row of a customer`,
  };
}

/** Lists of customers hold no descriptors unless somebody adds them: this says what would come of it. */
function combinationCheck(table: CustomerTable, minimum: number): PrivacyCheck {
  const columns = table.columns.flatMap((column) => (column.kind === "category" ? [column] : []));
  const check = "Lists with descriptors beside the key";
  if (columns.length === 0) return { check, outcome: "good", found: "there is no categorical descriptor" };
  const labels = columns.map(({ feature }) => feature.label).join(" × ");
  const { exposed, combinations } = countCombinations(
    columns.map(({ values }) => values),
    minimum,
  );
  return {
    check,
    outcome: exposed === 0 ? "good" : "warn",
    found: `${labels}: ${countText(exposed)} customers share their combination (${countText(combinations)} in all) with fewer than ${minimum - 1} others; assignments hold no descriptors`,
  };
}

function nameCheck({ segments }: SegmentFacts): PrivacyCheck {
  const warned = warnSensitiveNames(segments.map(({ name }) => name));
  return {
    check: "Segment names that ad platforms restrict",
    outcome: warned.length === 0 ? "good" : "warn",
    found:
      warned.length === 0
        ? "none"
        : warned.map(({ name, topic, word }) => `${name}: ${topic} (“${word}”)`).join("; "),
  };
}
