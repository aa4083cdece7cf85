import type { FoundText, LeakKind } from "./found-text.js";
import { type NumberRun, telltaleRuns } from "./number-runs.js";
import { type Word, walkWords, wordsOf } from "./word-walk.js";

/** Values of customers, ready to be looked for. */
export interface KnownValues {
  readonly kind: LeakKind;
  /** Values that nothing else looks like: found wherever they stand. */
  readonly telling: ReadonlySet<string>;
  /** Values that could be any number or word: found beside the key's name, or many together. */
  readonly plain: ReadonlySet<string>;
  /** First words of telling values of several words. */
  readonly firstWords: ReadonlySet<string>;
  /** How many words telling values have, the fewest first. */
  readonly wordCounts: readonly number[];
  /** Words that announce a key: `customerid`, `customer`. */
  readonly announcing: ReadonlySet<string>;
}

const usualAnnouncing = ["customer", "customerid", "custid", "client", "clientid", "kunde", "kundennummer"];

/** Names that say nothing of customers: a page is full of ids. */
const saysNothing: ReadonlySet<string> = new Set(["id", "key", "no", "nr", "number", "name", "row"]);

/** Sorts the keys of customers (or their names) into telling and plain ones. O(keys). */
export function knownValues(values: Iterable<string>, kind: LeakKind, keyName: string = ""): KnownValues {
  const telling = new Set<string>();
  const plain = new Set<string>();
  const firstWords = new Set<string>();
  const wordCounts = new Set<number>();
  for (const value of values) {
    const words = wordsOf(value.normalize("NFKC"));
    if (words === "") continue;
    if (!isTelling(words)) {
      plain.add(words);
      continue;
    }
    telling.add(words);
    const parts = words.split(" ");
    wordCounts.add(parts.length);
    if (parts.length > 1) firstWords.add(parts[0]!);
  }
  const named = wordsOf(keyName).replaceAll(" ", "");
  const announcing = new Set([
    ...usualAnnouncing,
    ...(saysNothing.has(named) || named === "" ? [] : [named]),
  ]);
  return { kind, telling, plain, firstWords, wordCounts: [...wordCounts].sort((a, b) => a - b), announcing };
}

/** Letters and digits mixed, a leading zero, nine digits or more, several words: no figure of a report looks like it. */
function isTelling(words: string): boolean {
  const joined = words.replaceAll(" ", "");
  const isMixed = /\p{L}/u.test(joined) && /\d/.test(joined);
  if (words.includes(" ")) return joined.length >= (isMixed ? 6 : 8);
  if (/^\d+$/.test(joined)) return joined.length >= 9 || (joined.startsWith("0") && joined.length >= 5);
  return isMixed && joined.length >= 5;
}

/** Every known value in a text. One look into a set per word. O(length). */
export function findKnownValues(text: string, known: KnownValues): readonly FoundText[] {
  const found: FoundText[] = [];
  const recent: Word[] = [];
  const numbers: NumberRun[] = [];
  const longest = Math.max(2, known.wordCounts.at(-1) ?? 1);
  const hasSeveral = known.wordCounts.some((count) => count > 1);
  walkWords(text, (word) => {
    recent.push(word);
    if (recent.length > longest + 2) recent.shift();
    const isKnown = known.telling.has(word.text);
    if (isKnown && !isPartOfNumber(text, word) && !isColour(text, word))
      found.push({ kind: known.kind, text: word.text, offset: word.start });
    if (hasSeveral) found.push(...severalWords(text, recent, known));
    if (known.plain.has(word.text) && !isPartOfNumber(text, word)) {
      if (isAnnounced(text, recent, known))
        found.push({ kind: known.kind, text: word.text, offset: word.start });
    }
    if (/^\d{4,8}$/.test(word.text) && !isPartOfNumber(text, word) && !isYearOfDate(text, word))
      numbers.push({ ...word, isKey: known.plain.has(word.text) });
  });
  const together = telltaleRuns(numbers, known.plain);
  return [
    ...found,
    ...together.map(({ text: key, start }) => ({ kind: known.kind, text: key, offset: start })),
  ];
}

/** A value of several words that ends with the last one read. */
function severalWords(text: string, recent: readonly Word[], known: KnownValues): FoundText[] {
  return known.wordCounts.flatMap((count): FoundText[] => {
    const words = recent.slice(-count);
    if (count < 2 || words.length < count || !known.firstWords.has(words[0]!.text)) return [];
    if (words.some(({ start }, i) => i > 0 && start - words[i - 1]!.end > 3)) return [];
    const value = words.map((word) => word.text).join(" ");
    if (!known.telling.has(value) || isPartOfNumber(text, words[0]!)) return [];
    return [{ kind: known.kind, text: value, offset: words[0]!.start }];
  });
}

/** "0.057323" holds no key 057323, nor does "1,057,323". */
function isPartOfNumber(text: string, { start, end }: Word): boolean {
  const before = text[start - 1];
  const isAfter =
    (before === "." || before === ",") && /\d/.test(text[start - 2] ?? "") && !isListed(text, start);
  return isAfter || (text[end] === "." && /\d/.test(text[end + 1] ?? ""));
}

/** "1997-01-08" and "1997-01" hold no key 1997: dates stand in rows. */
function isYearOfDate(text: string, { start, end }: Word): boolean {
  return /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)/.test(text.slice(start, end + 4));
}

/** A comma between numbers of a list, as against one between thousands. */
function isListed(text: string, start: number): boolean {
  if (text[start - 1] !== ",") return false;
  return !/^\d{3}(?!\d)/.test(text.slice(start, start + 4));
}

function isColour(text: string, { start, end }: Word): boolean {
  return (
    text[start - 1] === "#" && [3, 6, 8].includes(end - start) && /^[\da-f]+$/i.test(text.slice(start, end))
  );
}

/** Whether the words before say that a key follows: `customer_id": "…"`, "customer 12345". */
function isAnnounced(text: string, recent: readonly Word[], { announcing }: KnownValues): boolean {
  const [second, first, word] = recent.slice(-3);
  const last = word ?? first;
  const before = word === undefined ? second : first;
  if (last === undefined || before === undefined || last === before) return false;
  const gap = text.slice(before.end, last.start);
  if (gap.length > 12 || !/^[\s"'#:=([>\\]*$/.test(gap)) return false;
  if (announcing.has(before.text)) return true;
  return word !== undefined && second !== undefined && announcing.has(second.text + before.text);
}
