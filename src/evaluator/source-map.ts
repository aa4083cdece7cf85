/** Where a place of generated code comes from; lines and columns count from 0. */
export interface CodePlace {
  readonly line: number;
  readonly column: number;
}

/** Finds the place in the source that a place in generated code was made from; undefined where that is not known. */
export type PlaceFinder = (place: CodePlace) => CodePlace | undefined;

interface Segment extends CodePlace {
  readonly source: CodePlace | undefined;
}

const digits = new Map(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((digit, i) => [digit, i]),
);

/** Reads the `mappings` of a source map (version 3) of one source. */
export function readMappings(mappings: string): PlaceFinder {
  let sourceLine = 0;
  let sourceColumn = 0;
  const lines = mappings.split(";").map((text, line) => {
    let column = 0;
    return text.split(",").flatMap((segment): Segment[] => {
      const numbers = readNumbers(segment);
      if (numbers.length === 0) return [];
      column += numbers[0]!;
      if (numbers.length < 4) return [{ line, column, source: undefined }];
      sourceLine += numbers[2]!;
      sourceColumn += numbers[3]!;
      return [{ line, column, source: { line: sourceLine, column: sourceColumn } }];
    });
  });
  return ({ line, column }) => lines[line]?.filter((segment) => segment.column <= column).at(-1)?.source;
}

/** The finder of a text that was generated in two steps. */
export function composeFinders(last: PlaceFinder, first: PlaceFinder): PlaceFinder {
  return (place) => {
    const between = last(place);
    return between && first(between);
  };
}

/** Numbers in base 64 with five bits a digit, lowest first; the sixth bit says that more follow, the first bit is the sign. */
function readNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = digits.get(character) ?? 0;
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
