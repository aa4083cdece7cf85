/** What a cell's id is made from. */
export interface CellToName {
  readonly id: unknown;
  readonly type: string;
  readonly source: string;
}

const idPattern = /^[a-zA-Z0-9-_]{1,64}$/;
const longestName = 40;
const wordsKept = 5;

/** Words of code that say nothing about the cell. */
const codeWords = new Set(
  "import from export default const let var function async await return new type interface class if for of in".split(
    " ",
  ),
);

/**
 * An id for each cell: its own where that is valid and no cell before has it, else one made from its heading or its first words, such
 * as `load-the-orders`, so that the same cell gets the same id again.
 */
export function nameCells(cells: readonly CellToName[]): string[] {
  const own = cells.map(({ id }, i) => (isFirstOf(id, cells, i) ? (id as string) : undefined));
  const taken = new Set(own);
  return cells.map((cell, i) => {
    if (own[i] !== undefined) return own[i];
    const name = cellName(cell) || `cell-${i + 1}`;
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name}-${count}`;
    taken.add(unique);
    return unique;
  });
}

function isFirstOf(id: unknown, cells: readonly CellToName[], position: number): boolean {
  return (
    typeof id === "string" && idPattern.test(id) && cells.findIndex((other) => other.id === id) === position
  );
}

/** Empty if the cell has no words. */
function cellName({ type, source }: CellToName): string {
  const lines = source.split("\n").filter((line) => /[a-zA-Z]/.test(line));
  const heading = lines.find((line) => (type === "code" ? /^\s*\/[/*]/ : /^#+ /).test(line));
  const telling = heading ?? lines[0] ?? "";
  const words =
    telling
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[a-zA-Z0-9]+/g) ?? [];
  const isCode = type === "code" && heading === undefined;
  const kept = words.filter((word) => !(isCode && codeWords.has(word))).slice(0, wordsKept);
  return kept.join("-").toLowerCase().slice(0, longestName).replace(/-$/, "");
}
