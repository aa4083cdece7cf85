/** What the comments of a declaration say, before it is known to fit the type. */
export interface ParameterNotes {
  readonly unit: string;
  readonly meaning: string;
  readonly isWhole: boolean;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** Smallest and largest number; infinite where the side is open. */
  readonly range?: readonly [low: number, high: number];
  /** As written, in order. */
  readonly choices?: readonly string[];
}

/** One comment line after reading. */
interface Note extends Partial<ParameterNotes> {
  /** Words that are no fact. */
  readonly words: readonly string[];
}

const number = "[-+]?\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?";
const between = new RegExp(`^(?:from )?(${number})\\s*(?:to|…|\\.\\.\\.?)\\s*(${number})(?: (\\D.*))?$`, "i");
const least = new RegExp(`^at least (${number})(?: (\\D.*))?$`, "i");
const most = new RegExp(`^at most (${number})(?: (\\D.*))?$`, "i");

/** Longest unit, in words: what is longer is prose. */
const unitWords = 3;

/**
 * Reads comment lines: `unit, facts; meaning`. Facts are `1 to 365` (also `1…365`, `at least 1`, `at most 9`), `whole`,
 * `one of a, b`, `required` and `secret`. A line whose part before the semicolon is not made of facts and one unit of at most three
 * words is prose: all of it is the meaning.
 *
 * @param behind - The comment behind the declaration. Its meaning and unit win over those of the lines above.
 */
export function parseNotes(behind: readonly string[], above: readonly string[]): ParameterNotes {
  const behindNotes = behind.map(parseLine);
  const aboveNotes = above.map(parseLine);
  const notes = [...behindNotes, ...aboveNotes];
  const first = <Key extends keyof ParameterNotes>(key: Key): ParameterNotes[Key] | undefined =>
    notes.find((note) => note[key] !== undefined)?.[key] as ParameterNotes[Key] | undefined;
  const range = narrowest(notes.flatMap((note) => (note.range ? [note.range] : [])));
  const choices = first("choices");
  return {
    unit: first("unit") ?? "",
    meaning: meaningOf(behindNotes) || meaningOf(aboveNotes),
    isWhole: first("isWhole") ?? false,
    isRequired: first("isRequired") ?? false,
    isSecret: first("isSecret") ?? false,
    ...(range && { range }),
    ...(choices && { choices }),
  };
}

function meaningOf(notes: readonly Partial<ParameterNotes>[]): string {
  return notes.flatMap(({ meaning }) => meaning ?? []).join(" ");
}

function parseLine(line: string): Partial<ParameterNotes> {
  const cut = line.indexOf(";");
  const head = parseHead(cut < 0 ? line : line.slice(0, cut));
  const tail = cut < 0 ? "" : line.slice(cut + 1).trim();
  const { words, ...facts } = head;
  const hasFacts = Object.keys(facts).length > 0;
  const isProse =
    words.length > 1 || (words[0]?.split(" ").length ?? 0) > unitWords || (cut < 0 && !hasFacts);
  if (isProse) return line.trim() === "" ? {} : { meaning: line.trim() };
  // "required, the login" names no unit; "days, 1 to 365" does.
  const isUnit = cut >= 0 || facts.range !== undefined || facts.isWhole === true;
  const [word] = words;
  return {
    ...facts,
    ...(word !== undefined && (isUnit ? { unit: word } : { meaning: word })),
    ...(tail !== "" && { meaning: tail }),
  };
}

function parseHead(head: string): Note {
  const choice = /^(?:(.*?),\s*)?one of (.+)$/i.exec(head.trim());
  const pieces = (choice ? (choice[1] ?? "") : head).split(",").map((piece) => piece.trim());
  const notes = pieces.filter((piece) => piece !== "").map(parsePiece);
  const ranges = notes.flatMap(({ range }) => (range ? [range] : []));
  const range = narrowest(ranges);
  return {
    ...Object.assign({}, ...notes),
    ...(range && { range }),
    ...(choice && { choices: splitChoices(choice[2]!) }),
    words: notes.flatMap(({ words }) => words),
  };
}

function parsePiece(piece: string): Note {
  const word = piece.replace(/^@/, "").toLowerCase();
  if (word === "required") return { words: [], isRequired: true };
  if (word === "secret") return { words: [], isSecret: true };
  if (word === "whole" || word === "whole number") return { words: [], isWhole: true };
  const [, low, high, unit] =
    between.exec(piece) ?? openRange(least.exec(piece), "low") ?? openRange(most.exec(piece), "high") ?? [];
  if (low === undefined || high === undefined) return { words: [piece] };
  return { words: [], range: [Number(low), Number(high)], ...(unit && { unit }) };
}

function openRange(match: RegExpExecArray | null, side: "low" | "high"): (string | undefined)[] | undefined {
  if (match === null) return undefined;
  const [all, limit, unit] = match;
  return side === "low" ? [all, limit, "Infinity", unit] : [all, "-Infinity", limit, unit];
}

/** `a, b or "c, d"`: the quotes keep together what they hold. */
function splitChoices(text: string): string[] {
  const items = text.match(/"(?:[^"\\]|\\.)*"|(?:(?! or )[^,"])+/g) ?? [];
  return items.map((item) => item.trim().replace(/^or /, "")).filter((item) => item !== "");
}

/** `at least 1, at most 9` are two halves of one range. */
function narrowest(ranges: readonly (readonly [number, number])[]): readonly [number, number] | undefined {
  if (ranges.length === 0) return undefined;
  return [Math.max(...ranges.map(([low]) => low)), Math.min(...ranges.map(([, high]) => high))];
}
