import { listForMessage } from "../core/check.js";
import { RunError } from "../core/errors.js";
import { countText } from "../core/number-text.js";
import { type PrivacyConfig, privacyOverrides, usualPrivacy } from "../core/privacy.js";
import type { LeakKind } from "./found-text.js";
import type { Leak, Scanner } from "./scan-text.js";

/** A text that is about to leave. */
export interface LeavingText {
  /** File name. */
  readonly name: string;
  readonly text: string;
}

/** What a text tells of people. */
export interface FileLeak extends Leak {
  readonly file: string;
}

/** One and several. */
const kindWords: Readonly<Record<LeakKind, readonly [string, string]>> = {
  "e-mail": ["e-mail address", "e-mail addresses"],
  phone: ["telephone number", "telephone numbers"],
  "customer-key": ["customer key", "customer keys"],
  "card-number": ["card number", "card numbers"],
  iban: ["bank account number", "bank account numbers"],
  name: ["name of a person", "names of people"],
  address: ["postal address", "postal addresses"],
};

/** Scans texts that are about to leave. */
export function findLeaks(texts: readonly LeavingText[], scan: Scanner): readonly FileLeak[] {
  return texts.flatMap(({ name, text }) => scan(text).map((leak) => ({ file: name, ...leak })));
}

/** One sentence part per file and kind: "index.html line 12: 3 e-mail addresses". Says where, never what. */
export function leakLines(leaks: readonly FileLeak[]): readonly string[] {
  const groups = new Map<string, FileLeak[]>();
  for (const leak of leaks) {
    const name = JSON.stringify([leak.file, leak.kind, leak.isCoded]);
    groups.set(name, [...(groups.get(name) ?? []), leak]);
  }
  return [...groups.values()].map((group) => {
    const { file, line, kind, isCoded } = group[0]!;
    const [one, several] = kindWords[kind];
    const what = group.length === 1 ? one : `${countText(group.length)} ${several}`;
    return `${file} line ${line}: ${what}${isCoded ? " in coded text" : ""}`;
  });
}

/**
 * Ends work whose result would tell of people, unless that was allowed by name.
 *
 * @throws RunError naming files and lines, never what stands there.
 */
export function requireNoLeaks(
  caller: string,
  leaks: readonly FileLeak[],
  { allow }: PrivacyConfig = usualPrivacy,
): void {
  if (leaks.length === 0 || allow.includes("personal-data")) return;
  throw new RunError(
    `${caller}: what leaves must name no person, got ${listForMessage(leakLines(leaks))}. Leave it out, or let it pass with --allow personal-data, which is written into the file`,
  );
}

/** The overrides in force, a sentence each, to be written into what leaves; empty where every rule held. */
export function overrideSentences({ allow, minimumCell }: PrivacyConfig): readonly string[] {
  const named = allow.map((name) => `Privacy rule set aside by ${name}: ${privacyOverrides[name]}`);
  return minimumCell < usualPrivacy.minimumCell
    ? [
        ...named,
        `Figures are shown of groups from ${minimumCell} customers on, instead of ${usualPrivacy.minimumCell} (privacy.minimumCell).`,
      ]
    : named;
}
