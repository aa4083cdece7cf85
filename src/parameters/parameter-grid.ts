import type { Parameter } from "./parameter.js";
import { declares, type GivenEntry, readEntry } from "./parameter-entry.js";
import type { GivenParameters } from "./parameter-values.js";

/** One combination of a grid. */
export interface Combination {
  readonly parameters: GivenParameters;
  /** The names with more than one value, in order, each with the value that it has here. */
  readonly chosen: readonly (readonly [name: string, value: unknown])[];
}

/** What entries come to. */
export interface Grid {
  /** One if no name has more than one value. With problems they only serve to find further ones. */
  readonly combinations: readonly Combination[];
  /** One sentence each, without a full stop. */
  readonly problems: readonly string[];
}

const mostCombinations = 100;

/** The values of one name. */
interface Axis {
  readonly name: string;
  readonly values: readonly unknown[];
}

/**
 * Reads entries as the types that the notebooks declare, and multiplies those with several values. A later entry of a name wins; one
 * of a whole object wins over members given before it.
 */
export function expandGrid(entries: readonly GivenEntry[], declared: readonly Parameter[]): Grid {
  const problems: string[] = [];
  const axes = new Map<string, Axis>();
  for (const entry of entries) {
    for (const name of axes.keys())
      if (name === entry.name || name.startsWith(`${entry.name}.`)) axes.delete(name);
    const values = readEntry(entry, declared, problems);
    axes.set(entry.name, { name: entry.name, values });
    checkDistinct(entry.name, values, problems);
  }
  const read = [...axes.values()].filter(({ values }) => values.length > 0);
  const several = read.filter(({ values }) => values.length > 1);
  const count = several.reduce((product, { values }) => product * values.length, 1);
  if (count <= mostCombinations) return { combinations: combine(read, declared), problems };
  const product = several.map(({ name, values }) => `${values.length} of ${name}`).join(" × ");
  problems.push(`parameters must make at most ${mostCombinations} runs, got ${count} (${product})`);
  const firsts = read.map(({ name, values }) => ({ name, values: values.slice(0, 1) }));
  return { combinations: combine(firsts, declared), problems };
}

function checkDistinct(name: string, values: readonly unknown[], problems: string[]): void {
  const texts = values.map((value) =>
    JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}` : part)),
  );
  const twice = texts.find((text, i) => texts.indexOf(text) < i);
  if (twice !== undefined) problems.push(`parameter ${name} must have different values, got ${twice} twice`);
}

function combine(axes: readonly Axis[], declared: readonly Parameter[]): readonly Combination[] {
  let rows: readonly (readonly (readonly [Axis, unknown])[])[] = [[]];
  for (const axis of axes)
    rows = rows.flatMap((row) => axis.values.map((value) => [...row, [axis, value] as const]));
  return rows.map((row) => ({
    parameters: withMembers(
      row.map(([{ name }, value]) => [name, value] as const),
      declared,
    ),
    chosen: row
      .filter(([{ values }]) => values.length > 1)
      .map(([{ name }, value]) => [name, value] as const),
  }));
}

/** Whole values first, then members put into them, or into the default. */
function withMembers(
  entries: readonly (readonly [string, unknown])[],
  declared: readonly Parameter[],
): GivenParameters {
  const isWhole = ([name]: readonly [string, unknown]): boolean =>
    !name.includes(".") || !declares(name, declared);
  const given = new Map(entries.filter(isWhole));
  for (const [path, value] of entries.filter((entry) => !isWhole(entry))) {
    const [name, ...members] = path.split(".");
    const base = given.has(name!)
      ? given.get(name!)
      : declared.find((parameter) => parameter.name === name)?.defaultValue;
    given.set(name!, withMember(base, members, value));
  }
  return given;
}

function withMember(base: unknown, [member, ...deeper]: readonly string[], value: unknown): unknown {
  if (member === undefined) return value;
  const whole = typeof base === "object" && base !== null && !Array.isArray(base) ? base : {};
  const inner = new Map(Object.entries(whole));
  inner.set(member, withMember(inner.get(member), deeper, value));
  return Object.fromEntries(inner);
}
