import { findCardNumbers, findIbans } from "./find-accounts.js";
import { findEmails, findPhones } from "./find-contacts.js";
import { findColumns, findDataCells, findFields, findTableCells, type KindOfName } from "./find-fields.js";
import { findPeople, personalKind } from "./find-people.js";
import type { FoundText, LeakKind } from "./found-text.js";
import { hiddenTexts } from "./hidden-text.js";
import { findKnownValues, type KnownValues, knownValues } from "./known-values.js";
import { readableText } from "./readable-text.js";
import { visibleText, withoutPrograms } from "./visible-text.js";
import { wordsOf } from "./word-walk.js";

/** What a scan knows of the customers. */
export interface ScanOptions {
  /** Keys of the customers; default none. */
  readonly keys?: Iterable<string>;
  /** What the key is called, such as `customer_id`. */
  readonly keyName?: string;
  /** Full names of people, if any are known. */
  readonly names?: Iterable<string>;
}

/** Something that tells of a person. Says where, never what. */
export interface Leak {
  readonly kind: LeakKind;
  /** Line of the text, from 1. */
  readonly line: number;
  /** Times that the same stands in the text. */
  readonly times: number;
  /** Whether it stands inside coded text, such as base64. */
  readonly isCoded: boolean;
}

/** Looks through one text. */
export type Scanner = (text: string) => readonly Leak[];

/**
 * Makes a scanner for text that is about to leave the house: reports, notebooks, definitions, queries.
 *
 * It finds e-mail addresses, telephone and card numbers (Luhn), IBANs, people addressed by name, postal addresses, values under
 * names such as `first_name`, and the customers' keys; also where they are escaped, parted by tags, written with look-alike letters
 * or coded as base64. A key that could be any number (12345) is found only beside the key's name or with several others; a name that
 * nobody announced is found only if it was given. O(length), about half a second for 2 MB and 100,000 keys.
 */
export function createScanner(options: ScanOptions = {}): Scanner {
  const { keys = [], keyName = "", names = [] } = options;
  const known = [
    knownValues(keys, "customer-key", keyName),
    // A single word is no name of a person: it is any word.
    knownValues(
      [...names].filter((name) => wordsOf(name).includes(" ")),
      "name",
    ),
  ];
  const kindOf = (name: string): LeakKind | undefined =>
    name === keyName && keyName !== "" ? "customer-key" : personalKind(name);
  return (text) => leaksOf(text, (part) => findAll(part, known, kindOf));
}

/** Texts in texts in texts are followed so far. */
const deepest = 2;

type Find = (text: string) => readonly FoundText[];

function leaksOf(text: string, find: Find): readonly Leak[] {
  const leaks = new Map<string, Leak>();
  const note = (found: FoundText, line: number, isCoded: boolean): void => {
    const name = `${found.kind} ${found.text}`;
    const known = leaks.get(name);
    leaks.set(
      name,
      known ? { ...known, times: known.times + 1 } : { kind: found.kind, line, times: 1, isCoded },
    );
  };
  const search = (part: string, depth: number, outerLine?: number): void => {
    const readable = readableText(withoutPrograms(part));
    const lineAt = outerLine === undefined ? lineFinder(readable) : () => outerLine;
    for (const found of find(readable)) note(found, lineAt(found.offset), depth > 0);
    if (/<[a-z/!]/i.test(readable)) {
      const visible = visibleText(readable);
      const visibleLineAt = outerLine === undefined ? lineFinder(visible) : () => outerLine;
      // What stands unparted was found above already.
      for (const found of find(visible))
        if (!leaks.has(`${found.kind} ${found.text}`)) note(found, visibleLineAt(found.offset), depth > 0);
    }
    if (depth === deepest) return;
    for (const hidden of hiddenTexts(readable)) search(hidden.text, depth + 1, lineAt(hidden.offset));
  };
  search(text, 0);
  return [...leaks.values()].sort((a, b) => a.line - b.line);
}

function findAll(text: string, known: readonly KnownValues[], kindOf: KindOfName): readonly FoundText[] {
  const fields = [
    ...findFields(text, kindOf),
    ...findTableCells(text, kindOf),
    ...findDataCells(text, kindOf),
    ...findColumns(text, kindOf),
  ].filter(({ kind, text: value }) => kind !== "customer-key" || isKey(value, known[0]!));
  return [
    ...findEmails(text),
    ...findPhones(text),
    ...findCardNumbers(text),
    ...findIbans(text),
    ...findPeople(text),
    ...fields,
    ...known
      .filter(({ telling, plain }) => telling.size + plain.size > 0)
      .flatMap((values) => findKnownValues(text, values)),
  ];
}

function isKey(value: string, { telling, plain }: KnownValues): boolean {
  const words = wordsOf(value);
  return telling.has(words) || plain.has(words);
}

function lineFinder(text: string): (offset: number) => number {
  const ends: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) ends.push(at);
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
