import { markerInWords } from "./marker-words.js";
import { type NamePart, namePart } from "./name-words.js";
import type { Profile, SegmentProfile } from "./profile.js";

/** A name for a segment and what it rests on. */
export interface NameSuggestion {
  readonly key: string;
  /** At most four words, no two alike in one profile, nor the same words in another order: "Older, loyal, big baskets". */
  readonly name: string;
  /** The markers in the name, in words. */
  readonly because: readonly string[];
}

const mostWords = 4;
const mostParts = 3;

/**
 * A human name for each segment, from what sets it apart most and from the others too.
 *
 * The same profile gives the same names. A suggestion, not a finding: names in `segbook.yaml` take their place.
 * O(segments · markers).
 *
 * @returns One suggestion per segment, in order; no two names are equal.
 */
export function suggestNames(profile: Profile): readonly NameSuggestion[] {
  const candidates = profile.segments.map(partsOf);
  const ranked = candidates.map((_, j) => rankParts(candidates, j));
  const wished = ranked.map((own) => wordsOf(fitting(own)));
  const names = new Set<string>();
  const taken = new Set<string>();
  return profile.segments.map((segment, j) => {
    const chosen = firstFree(ranked[j]!, taken, new Set(wished.filter((_, other) => other !== j)));
    const name = withoutRepeat(nameOf(chosen), names);
    names.add(name.toLowerCase());
    taken.add(wordsOf(chosen));
    return { key: segment.key, name, because: chosen.map(({ words }) => words) };
  });
}

interface Candidate {
  readonly part: NamePart;
  readonly strength: number;
  /** The marker in words. */
  readonly words: string;
}

function partsOf(segment: SegmentProfile): readonly Candidate[] {
  return segment.markers.flatMap((marker) => {
    const part = namePart(marker);
    return part === null ? [] : [{ part, strength: marker.strength, words: markerInWords(marker) }];
  });
}

/** Strongest first, where a word that other segments could bear as well counts for less. */
function rankParts(candidates: readonly (readonly Candidate[])[], own: number): readonly Candidate[] {
  const weight = ({ part, strength }: Candidate) => {
    const others = candidates.filter(
      (list, j) => j !== own && list.some((other) => other.part.words === part.words),
    );
    return strength / (1 + others.length);
  };
  const ranked = [...candidates[own]!].sort((a, b) => weight(b) - weight(a));
  return ranked.filter(
    ({ part }, i) => ranked.findIndex((earlier) => earlier.part.topic === part.topic) === i,
  );
}

/**
 * The strongest parts that fit. Where other segments wish for the same words, in whatever order, the last part of each gives way
 * to one that sets them apart; where there is none, to whatever is not taken.
 */
function firstFree(
  ranked: readonly Candidate[],
  taken: ReadonlySet<string>,
  wished: ReadonlySet<string>,
): readonly Candidate[] {
  const best = fitting(ranked);
  const kept = best.slice(0, -1);
  const rest = ranked.filter((candidate) => !best.includes(candidate));
  const alternatives = [best, ...rest.map((candidate) => fitting([...kept, candidate])), kept];
  const free = alternatives.filter((chosen) => !taken.has(wordsOf(chosen)));
  return (
    free.find((chosen) => chosen.length === best.length && !wished.has(wordsOf(chosen))) ??
    free[0] ??
    fitting(ranked, mostWords - 1)
  );
}

/** The same for names that differ only in the order of their words. */
function wordsOf(chosen: readonly Candidate[]): string {
  return chosen
    .map(({ part }) => part.words)
    .sort()
    .join("|");
}

/** As many parts, in order, as make at most four words and one noun. */
function fitting(ranked: readonly Candidate[], most: number = mostWords): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const next of ranked) {
    const parts = [...chosen, next].map(({ part }) => part);
    const nouns = parts.filter(({ kind }) => kind !== "quality").length;
    const words = parts.reduce((sum, part) => sum + wordCount(part.words), 0);
    if (parts.length <= mostParts && nouns <= 1 && words <= most) chosen.push(next);
  }
  return chosen;
}

function wordCount(text: string): number {
  return text.split(" ").length;
}

function nameOf(chosen: readonly Candidate[]): string {
  const parts = chosen.map(({ part }) => part);
  if (parts.length === 0) return "Average customers";
  const qualities = parts.filter(({ kind }) => kind === "quality").map(({ words }) => words);
  const noun = parts.find(({ kind }) => kind !== "quality");
  if (noun?.kind === "thing") return capitalized([...qualities, noun.words].join(", "));
  const hasRoom = wordCount(qualities.join(" ")) < mostWords;
  const who = noun?.words ?? (hasRoom ? "customers" : "");
  return capitalized(`${qualities.join(", ")} ${who}`.trim());
}

function withoutRepeat(name: string, names: ReadonlySet<string>): string {
  if (!names.has(name.toLowerCase())) return name;
  let number = 2;
  while (names.has(`${name} ${number}`.toLowerCase())) number++;
  return `${name} ${number}`;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
