import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../core/errors.js";
import type { PrivacyConfig } from "../core/privacy.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import { findLeaks, overrideSentences, requireNoLeaks } from "../disclosure/check-texts.js";
import { createScanner } from "../disclosure/scan-text.js";
import { definitionExcel } from "../exports/definition-excel.js";
import type { Proof } from "../exports/proof.js";
import { printPage, requireBrowser } from "../report/pdf.js";
import { renderSegmentCards } from "../report/segment-cards.js";
import type { Definition } from "../segments/definition.js";
import { factsText, readFacts } from "../segments/facts-file.js";
import type { SegmentFacts } from "../segments/segment-facts.js";
import { definitionText } from "../segments/write-definition.js";
import type { CommandInput, Outcome, Surroundings } from "./command.js";
import type { OutputFile } from "./output-file.js";
import { allowedBy, privacyOf } from "./privacy-option.js";

/** What `--to` takes for people: a workbook for analysts, and a page per segment. */
export const peopleTargets = ["excel", "cards"] as const;

type PeopleTarget = (typeof peopleTargets)[number];

export function isForPeople(to: string): to is PeopleTarget {
  return (peopleTargets as readonly string[]).includes(to);
}

/** What is exported for people. */
export interface PeopleExport {
  readonly to: PeopleTarget;
  readonly definition: Definition;
  /** Its file: the profile is looked for beside it. */
  readonly definitionFile: string;
  readonly output: OutputFile;
  readonly proof: Proof | undefined;
}

/**
 * `segbook export --to excel` and `--to cards`: with the profile that a run left beside the definition, or that `--profile` names.
 *
 * @throws InputError if cards are asked for without a profile, or the output's ending is of another kind.
 * @throws RunError if text of definition or profile names somebody.
 */
export async function exportForPeople(
  { to, definition, definitionFile, output, proof }: PeopleExport,
  input: CommandInput,
  { folder, environment }: Pick<Surroundings, "folder" | "environment">,
): Promise<Outcome> {
  checkEnding(to, output.written);
  const facts = givenFacts(
    definition,
    definitionFile,
    input.text("profile") && resolve(folder, input.text("profile")!),
  );
  const allowed = allowedBy("segbook export", input, ["personal-data", "formulas"]);
  const privacy = privacyOf(facts?.privacy, allowed);
  checkNobodyNamed(definition, facts, privacy);
  const content =
    to === "excel"
      ? definitionExcel(definition, {
          privacy,
          ...(facts && { facts }),
          ...(proof && { proof: proof.targets }),
        })
      : await cardsOf({ ...requireFacts(facts, definitionFile), privacy }, output.path, environment);
  writeFileAtomic(output.path, content);
  const bytes = Buffer.byteLength(content);
  return {
    document: {
      path: output.written,
      bytes,
      profile: facts !== undefined,
      privacy: overrideSentences(privacy),
    },
    text: [
      `wrote ${output.written} (${bytes} bytes)`,
      ...(facts === undefined
        ? [
            "note: no profile.json of a run stands beside the definition, so the sheets about customers are missing",
          ]
        : []),
    ].join("\n"),
    exitCode: 0,
  };
}

function checkEnding(to: PeopleTarget, written: string): void {
  const endings = to === "excel" ? [".xlsx"] : [".html", ".pdf"];
  if (endings.some((ending) => written.toLowerCase().endsWith(ending))) return;
  throw new InputError(
    `segbook export: --output must end in ${endings.join(" or ")} with --to ${to}, got ${JSON.stringify(written)}`,
  );
}

function givenFacts(
  definition: Definition,
  definitionFile: string,
  named: string | undefined,
): SegmentFacts | undefined {
  const beside = join(dirname(definitionFile), "profile.json");
  const path = named ?? (existsSync(beside) ? beside : undefined);
  return path === undefined ? undefined : readFacts(path, definition);
}

function requireFacts(facts: SegmentFacts | undefined, definitionFile: string): SegmentFacts {
  if (facts !== undefined) return facts;
  throw new InputError(
    `segbook export: --to cards must have a profile, got none in ${dirname(definitionFile)}. segbook run writes profile.json beside definition.json; name another with --profile`,
  );
}

function checkNobodyNamed(
  definition: Definition,
  facts: SegmentFacts | undefined,
  privacy: PrivacyConfig,
): void {
  const texts = [
    { name: "definition", text: definitionText(definition) },
    ...(facts ? [{ name: "profile", text: factsText(facts) }] : []),
  ];
  const scan = createScanner({ keyName: definition.keyName });
  requireNoLeaks("segbook export", findLeaks(texts, scan), privacy);
}

async function cardsOf(
  facts: SegmentFacts,
  path: string,
  environment: Surroundings["environment"],
): Promise<string | Uint8Array> {
  const isPrinted = path.toLowerCase().endsWith(".pdf");
  if (isPrinted) requireBrowser(environment);
  const html = renderSegmentCards(facts);
  return isPrinted ? printPage(html, { environment }) : html;
}
