import { InputError } from "../core/errors.js";
import { numberLiteral } from "../engine/sql-numbers.js";
import { quoteIdentifier } from "../engine/sql-text.js";
import type { FeatureTable } from "./count-features.js";
import { type PushdownEngine, wholeNumberOf } from "./pushdown-engine.js";

/** A numeric feature of a segment. */
export interface PushedNumber {
  readonly feature: string;
  /** Customers whose value is known. */
  readonly known: number;
  /** In the feature's unit, of values rounded to 2^−20; null where nobody's is known. */
  readonly mean: number | null;
  /** n − 1; null for fewer than two. */
  readonly standardDeviation: number | null;
  readonly median: number | null;
}

/** How often a category occurs in a segment. */
export interface PushedCategory {
  readonly feature: string;
  readonly category: string;
  readonly count: number;
}

export interface PushedProfile {
  readonly segment: string;
  readonly size: number;
  readonly numbers: readonly PushedNumber[];
  /** Most frequent first, ties by name. */
  readonly categories: readonly PushedCategory[];
}

/** Steps in which values are summed as whole numbers; beyond the limit they would not fit 64 bits. */
const unit = 2 ** 20;
const largest = 2 ** 42;

/** What {@link profileOnEngine} profiles by. */
export interface ProfileInput {
  /** Numeric and categorical features; every name is a column of the table. */
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  /** Table of ours with `customer_id` and `segment`. */
  readonly assignments: string;
}

/**
 * Profiles the segments on the engine: counts, means, deviations, medians and category tables come back, customers do not.
 *
 * Sums run over whole numbers of 2^−20, so that they are the same on every engine and in any order of rows.
 *
 * @throws InputError if a value lies beyond ±2^42.
 */
export async function profileOnEngine(
  engine: PushdownEngine,
  table: FeatureTable,
  input: ProfileInput,
): Promise<readonly PushedProfile[]> {
  const sizes = await engine.rows(
    `SELECT segment, COUNT(*) AS "size" FROM ${quoteIdentifier(input.assignments, engine.dialect)} GROUP BY segment ORDER BY segment`,
  );
  const join = joinSql(engine, table, input);
  const moments = await readMoments(engine, table, input);
  const numbers = new Map<string, PushedNumber[]>();
  for (const [j, name] of input.numbers.entries()) {
    const medians = await readMedians(engine, table, { ...input, name });
    for (const [segment, own] of moments) {
      const number = { ...own[j]!, median: medians.get(segment) ?? null };
      numbers.set(segment, [...(numbers.get(segment) ?? []), number]);
    }
  }
  const categories = new Map<string, PushedCategory[]>();
  for (const name of input.categories) {
    const column = quoteIdentifier(table.columns.get(name)!, engine.dialect);
    const counted = await engine.rows(
      `SELECT segment, category, COUNT(*) AS n FROM (SELECT segment, ${column} AS category FROM ${join}) AS known WHERE category IS NOT NULL GROUP BY segment, category ORDER BY segment, n DESC, category`,
    );
    for (const row of counted) {
      const segment = String(row.get("segment"));
      const count = { feature: name, category: String(row.get("category")), count: Number(row.get("n")) };
      categories.set(segment, [...(categories.get(segment) ?? []), count]);
    }
  }
  return sizes.map((row) => {
    const segment = String(row.get("segment"));
    return {
      segment,
      size: Number(row.get("size")),
      numbers: numbers.get(segment) ?? [],
      categories: categories.get(segment) ?? [],
    };
  });
}

function joinSql({ dialect }: PushdownEngine, table: FeatureTable, { assignments }: ProfileInput): string {
  const key = quoteIdentifier(table.key, dialect);
  return `${quoteIdentifier(table.table, dialect)} AS features INNER JOIN ${quoteIdentifier(assignments, dialect)} AS assigned ON features.${key} = assigned.customer_id`;
}

/** SQL: the known values of a feature, else NULL. */
function knownSql({ dialect }: PushdownEngine, table: FeatureTable, name: string): string {
  const value = `features.${quoteIdentifier(table.columns.get(name)!, dialect)}`;
  const most = numberLiteral(Number.MAX_VALUE, dialect);
  return `CASE WHEN ${value} >= ${numberLiteral(-Number.MAX_VALUE, dialect)} AND ${value} <= ${most} THEN ${value} END`;
}

/** Segment → count, mean and deviation of each numeric feature, in one scan. */
async function readMoments(
  engine: PushdownEngine,
  table: FeatureTable,
  input: ProfileInput,
): Promise<ReadonlyMap<string, readonly Omit<PushedNumber, "median">[]>> {
  if (input.numbers.length === 0) return new Map();
  const { dialect } = engine;
  const step = (name: string) =>
    `FLOOR(${name} * ${numberLiteral(unit, dialect)} + ${numberLiteral(0.5, dialect)})`;
  const isSummed = (name: string) => `ABS(${name}) <= ${numberLiteral(largest, dialect)}`;
  const values = input.numbers.map((name, j) => `${knownSql(engine, table, name)} AS v${j}`);
  const whole = input.numbers.map(
    (_, j) => `v${j}, CASE WHEN ${isSummed(`v${j}`)} THEN CAST(${step(`v${j}`)} AS BIGINT) END AS w${j}`,
  );
  const sums = input.numbers.map(
    (_, j) =>
      `COUNT(v${j}) AS k${j}, COUNT(w${j}) AS n${j}, SUM(CAST(w${j} AS DECIMAL(38, 0))) AS a${j}, SUM(CAST(w${j} AS DECIMAL(19, 0)) * CAST(w${j} AS DECIMAL(19, 0))) AS b${j}`,
  );
  const known = `SELECT segment, ${values.join(", ")} FROM ${joinSql(engine, table, input)}`;
  const rows = await engine.rows(
    `SELECT segment, ${sums.join(", ")} FROM (SELECT segment, ${whole.join(", ")} FROM (${known}) AS known) AS whole GROUP BY segment`,
  );
  return new Map(
    rows.map((row) => [
      String(row.get("segment")),
      input.numbers.map((feature, j) => {
        const count = wholeNumberOf(row.get(`k${j}`));
        if (wholeNumberOf(row.get(`n${j}`)) !== count)
          throw new InputError(
            `profileOnEngine: feature ${JSON.stringify(feature)} must lie within ±${largest}, got values beyond`,
          );
        const sums = [row.get(`a${j}`) ?? 0, row.get(`b${j}`) ?? 0].map(wholeNumberOf) as [bigint, bigint];
        return { feature, known: Number(count), ...momentsOf(count, ...sums) };
      }),
    ]),
  );
}

/** Segment → median of a feature: the values at which the running count passes the middle. */
async function readMedians(
  engine: PushdownEngine,
  table: FeatureTable,
  input: ProfileInput & { readonly name: string },
): Promise<ReadonlyMap<string, number>> {
  const known = `SELECT segment, ${knownSql(engine, table, input.name)} AS v FROM ${joinSql(engine, table, input)}`;
  const counted = `SELECT segment, v, COUNT(*) AS n FROM (${known}) AS known WHERE v IS NOT NULL GROUP BY segment, v`;
  const running = `SELECT segment, v, SUM(n) OVER (PARTITION BY segment ORDER BY v) AS upto, SUM(n) OVER (PARTITION BY segment) AS total FROM (${counted}) AS counted`;
  const rows = await engine.rows(
    `SELECT segment, MIN(CASE WHEN 2 * upto >= total THEN v END) AS low, MIN(CASE WHEN 2 * upto > total THEN v END) AS high FROM (${running}) AS running GROUP BY segment`,
  );
  return new Map(
    rows.map((row) => {
      const [low, high] = [Number(row.get("low")), Number(row.get("high"))];
      return [String(row.get("segment")), low + (high - low) / 2];
    }),
  );
}

/** From exact sums: mean and standard deviation, each rounded once or twice. */
function momentsOf(
  rows: bigint,
  first: bigint,
  second: bigint,
): Pick<PushedNumber, "mean" | "standardDeviation"> {
  if (rows === 0n) return { mean: null, standardDeviation: null };
  const mean = Number(first) / Number(rows) / unit;
  if (rows === 1n) return { mean, standardDeviation: null };
  const squares = Number(second * rows - first * first) / Number(rows * (rows - 1n));
  return { mean, standardDeviation: Math.sqrt(squares) / unit };
}
