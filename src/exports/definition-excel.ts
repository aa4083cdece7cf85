import { InputError } from "../core/errors.js";
import type { PrivacyConfig } from "../core/privacy.js";
import { usualPrivacy } from "../core/privacy.js";
import { overrideSentences } from "../disclosure/check-texts.js";
import type { Definition } from "../segments/definition.js";
import type { SegmentFacts } from "../segments/segment-facts.js";
import { excelFile } from "./excel-file.js";
import { featuresSheet, modelSheets } from "./excel-model-sheets.js";
import { countsSheet, indexSheet, mediansSheet, profileSheet } from "./excel-profile-sheets.js";
import type { Sheet } from "./excel-sheet.js";
import { aboutSheet, boughtSheet, proofSheet, rulesSheet, segmentsSheet } from "./excel-sheets.js";
import type { TargetCheck } from "./verify-targets.js";

/** Options of {@link definitionExcel}. */
export interface ExcelOptions {
  /** Profile and the rest; absent: the sheets about customers are left out. */
  readonly facts?: SegmentFacts;
  /** What `verifyTargets` found; absent: no sheet of it. */
  readonly proof?: readonly TargetCheck[];
  /** Rules in force; default those of the facts. */
  readonly privacy?: PrivacyConfig;
}

/**
 * A definition as an Excel workbook for analysts: what it is, its segments, profile, medians, index, counts, rules, recipe, proof.
 *
 * Numbers are numbers with formats of their own (per cent, currency, days); there are no formulas and no links. Text that a
 * spreadsheet would run as a formula has an apostrophe in front. The same definition gives the same bytes.
 *
 * @returns The bytes of an `.xlsx` file.
 * @throws InputError if the facts are of another definition.
 */
export function definitionExcel(definition: Definition, options: ExcelOptions = {}): Uint8Array {
  const { facts, proof, privacy = facts?.privacy ?? usualPrivacy } = options;
  if (facts !== undefined && facts.fingerprint !== definition.fingerprint)
    throw new InputError(
      `definitionExcel: facts must be of the definition with fingerprint ${definition.fingerprint.slice(0, 12)}, got ${facts.fingerprint.slice(0, 12)}`,
    );
  const isDefused = !privacy.allow.includes("formulas");
  const sheets: readonly Sheet[] = [
    aboutSheet(definition, facts, remarksOn(facts, privacy)),
    segmentsSheet(definition, facts),
    ...(facts ? [profileSheet(facts), mediansSheet(facts), indexSheet(facts), countsSheet(facts)] : []),
    ...(facts?.segments.some(({ buys }) => buys.length > 0) ? [boughtSheet(facts)] : []),
    ...(facts?.segments.some(({ rule }) => rule !== null) ? [rulesSheet(facts)] : []),
    ...modelSheets(definition),
    featuresSheet(definition),
    ...(proof ? [proofSheet(proof)] : []),
  ];
  return excelFile(sheets, { isDefused });
}

function remarksOn(facts: SegmentFacts | undefined, privacy: PrivacyConfig): readonly string[] {
  return [
    "No customer is named in this file, and it holds no formulas.",
    ...(privacy.allow.includes("formulas")
      ? []
      : ["Text that a spreadsheet could take for a formula has an apostrophe in front."]),
    ...(facts
      ? [
          `“not shown”: a figure of fewer than ${facts.smallestGroup} customers, or one that would give such a figure away (${facts.hidden} in the profile).`,
        ]
      : ["No profile was given with the definition, so the sheets about customers are missing."]),
    ...overrideSentences(privacy),
  ];
}
