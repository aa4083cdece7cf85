import { plainWords } from "./plain-words.js";

/** Words that have an order, from low to high; words on one line stand for the same level. */
const ladders: readonly (readonly string[])[] = [
  [
    "very low",
    "low,lower",
    "lower middle",
    "medium,middle,mid,average",
    "upper middle",
    "high,upper",
    "very high",
  ],
  ["niedrig,gering", "mittel", "hoch"],
  ["bas,faible", "moyen", "eleve,haut"],
  ["bajo,baixo", "medio", "alto"],
  ["xs,tiny", "s,small,klein", "m,medium,mittel", "l,large,big,gross", "xl,very large"],
  ["bronze", "silver,silber", "gold", "platinum,platin", "diamond"],
  [
    "never,nie,jamais,nunca",
    "rarely,selten,rarement",
    "sometimes,manchmal,parfois",
    "often,oft,souvent",
    "always,immer,toujours,siempre",
  ],
  [
    "none,no degree,illiterate",
    "basic,primary,elementary,grundschule,primaria",
    "hauptschule,middle school",
    "realschule,secondary,secundaria",
    "high school,highschool,abitur,gymnasium",
    "some college,college,associate",
    "graduation,graduate,bachelor,bachelors,undergraduate,university,uni,licence",
    "2n cycle,2nd cycle,second cycle",
    "master,masters,postgraduate,post graduate",
    "phd,doctorate,doctor,doktor,promotion",
  ],
  ["poor,schlecht", "fair", "good,gut", "very good,sehr gut", "excellent,ausgezeichnet"],
];

/** The values of a column from low to high where their words or numbers have an order, else undefined. */
export function orderLevels(values: readonly string[]): string[] | undefined {
  if (values.length < 3 && !values.some((value) => /\d/.test(value))) return undefined;
  return orderByWords(values) ?? orderBands(values);
}

function orderByWords(values: readonly string[]): string[] | undefined {
  for (const ladder of ladders) {
    const steps = values.map((value) => stepOf(plainWords(value.toLowerCase()), ladder));
    if (steps.every((step) => step >= 0) && new Set(steps).size === values.length)
      return sortedBy(values, steps);
  }
  return undefined;
}

function stepOf(words: string, ladder: readonly string[]): number {
  return ladder.findIndex((level) => level.split(",").includes(words));
}

/** Bands of numbers: 18-24, 25–34, 65+, <20k. */
function orderBands(values: readonly string[]): string[] | undefined {
  const pattern =
    /^(<|>|under|over|unter|ueber|über|bis|ab|less than|more than)?\s*[€$£]?\s*(\d[\d.,]*)\s*([kK])?\s*(?:€|\$|£)?\s*(?:(?:-|–|to|bis|a|à)\s*[€$£]?\s*\d[\d.,]*\s*[kK]?\s*[€$£]?|\+)?$/;
  const starts = values.map((value) => pattern.exec(value.trim()));
  const isBand = (value: string): boolean =>
    /\d\s*(-|–|to|bis|a|à)\s*[€$£]?\s*\d|\+|<|>|under|over|unter|über/.test(value);
  if (values.length < 3 || !values.every(isBand) || starts.some((match) => match === null)) return undefined;
  const numbers = starts.map((match) => {
    const [, word = "", digits] = match!;
    const below = /^(<|under|unter|bis|less)/.test(word)
      ? -0.5
      : /^(>|over|über|ueber|ab|more)/.test(word)
        ? 0.5
        : 0;
    return Number(digits!.replace(/[.,](?=\d{3}\b)/g, "")) + below;
  });
  return new Set(numbers).size === values.length ? sortedBy(values, numbers) : undefined;
}

function sortedBy(values: readonly string[], ranks: readonly number[]): string[] {
  return values
    .map((value, i) => [value, ranks[i]!] as const)
    .sort((a, b) => a[1] - b[1])
    .map(([value]) => value);
}
