import { type ColumnProfile, usualValues } from "./profile-column.js";

/** Survey items of one sort: columns called alike but for a number, all answered on the same scale. */
export interface Battery {
  readonly columns: readonly ColumnProfile[];
  /** Lowest and highest answer. */
  readonly range: readonly [number, number];
  /** Answers that stand for none, such as 99. */
  readonly missingCodes: readonly number[];
}

/** Scales that questionnaires use, narrowest first. */
const scales: readonly (readonly [number, number])[] = [
  [1, 3],
  [1, 4],
  [1, 5],
  [0, 5],
  [1, 6],
  [1, 7],
  [0, 7],
  [0, 10],
  [1, 10],
  [1, 11],
];

/** Numbers that questionnaires use for "don't know" and "no answer". */
const noAnswers: ReadonlySet<number> = new Set([-1, -9, -99, 8, 9, 77, 88, 97, 98, 99, 999]);

/** Batteries of at least three items: names that differ by a number (q01…q12, item_1, F3a) and whole answers of a short scale. */
export function findBatteries(columns: readonly ColumnProfile[]): Battery[] {
  const groups = new Map<string, ColumnProfile[]>();
  for (const column of columns) {
    const stem = /^(.*[a-z])[ _]?\d+[a-z]?$/.exec(column.words)?.[1];
    // In a scale a minus before the name turns the item.
    if (stem === undefined || column.name.startsWith("-") || answersOf(column) === undefined) continue;
    groups.set(stem, [...(groups.get(stem) ?? []), column]);
  }
  return [...groups.values()]
    .filter((items) => items.length >= 3)
    .map((items) => {
      const answers = items.map((item) => answersOf(item)!);
      const codes = new Set(answers.flatMap(({ codes }) => codes));
      return {
        columns: items,
        range: scaleOf(answers.flatMap(({ scale }) => scale)),
        missingCodes: [...codes],
      };
    });
}

/** Usual answers of a column, those that stand for none apart; undefined where it is no item. */
function answersOf(
  column: ColumnProfile,
): { readonly scale: readonly number[]; readonly codes: readonly number[] } | undefined {
  if (column.numbers === undefined || column.dates !== undefined) return undefined;
  const usual = usualValues(column)
    .map(Number)
    .sort((a, b) => a - b);
  // A code stands apart from the scale: 1…5 and 9, not 1…9.
  const isApart = (value: number) =>
    noAnswers.has(value) && !(usual.includes(value - 1) && usual.includes(value - 2));
  const codes = usual.filter((value) => isApart(value) && (value < 0 || value > 6));
  const scale = usual.filter((value) => !codes.includes(value));
  const [low = 0, high = 0] = [scale[0], scale.at(-1)];
  const isScale = scale.every(Number.isInteger) && low >= 0 && high <= 11 && scale.length >= 3;
  return isScale ? { scale, codes } : undefined;
}

function scaleOf(answers: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...answers), Math.max(...answers)];
  return (
    scales.find(([least, most]) => least <= low && most >= high && (low > 0 || least === 0)) ?? [low, high]
  );
}
