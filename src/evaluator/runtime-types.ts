/** The name under which the compiler asks for {@link runtimeTypes}. */
export const runtimeTypesFile = "lib.segbook.d.ts";

const numberArrays = [
  "Int8",
  "Uint8",
  "Uint8Clamped",
  "Int16",
  "Uint16",
  "Int32",
  "Uint32",
  "Float32",
  "Float64",
];

/** Types of what Node has and tslab's TypeScript does not know yet. */
export function runtimeTypes(): string {
  const lists = ["Array", "ReadonlyArray"].map(
    (name) => `interface ${name}<T> {
  /** A copy in reverse order. */
  toReversed(): T[];
  /** A sorted copy. */
  toSorted(compare?: (a: T, b: T) => number): T[];
  /** A copy with some items removed or replaced. */
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  /** A copy with one item replaced. */
  with(index: number, value: T): T[];
}`,
  );
  const numbers = numberArrays.map(
    (name) => `interface ${name}Array {
  toReversed(): ${name}Array;
  toSorted(compare?: (a: number, b: number) => number): ${name}Array;
  with(index: number, value: number): ${name}Array;
}`,
  );
  const text = "interface String { isWellFormed(): boolean; toWellFormed(): string; }";
  return [...lists, ...numbers, text, ...("groupBy" in Object ? [groups] : [])].join("\n");
}

const groups = `interface ObjectConstructor {
  groupBy<K extends PropertyKey, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Partial<Record<K, T[]>>;
}
interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]>;
}`;
