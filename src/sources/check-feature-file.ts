import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { blankSql } from "./feature-file-cells.js";
import type { OpenFeatureFile } from "./open-feature-file.js";

/** What is wrong with the rows of a feature file. */
export interface FeatureFileFaults {
  readonly rows: number;
  /** Rows that name no customer. */
  readonly missingKeys: number;
  /** Whether a customer that is named has two rows. */
  readonly hasRepeatedKeys: boolean;
  /** Cells that cannot be read, per input. */
  readonly unreadable: readonly number[];
}

/** Rows at which a fault shows, counted as messages count them. */
export interface FaultyRows {
  readonly rows: number;
  /** At most three. */
  readonly first: readonly number[];
}

const caller = "readFeatureFile";

/** Whole numbers in a range this wide are told apart by a bit each: 64 MB. */
const mostBits = 2 ** 29;

/** SQL: whether a row names no customer. */
export function hasNoKey({ keyIsText }: OpenFeatureFile): string {
  return keyIsText ? blankSql("customer") : "customer IS NULL";
}

/** Counts what is wrong with the rows of an open file. Keys are compared in one pass if they ascend, by a bit each if they are
 * whole numbers close to one another, else in a hash table. */
export async function findFaults(engine: Engine, file: OpenFeatureFile): Promise<FeatureFileFaults> {
  const counts = [
    'count(*) AS "rows"',
    `count(*) FILTER (WHERE ${hasNoKey(file)}) AS missing`,
    ...file.doubtful.map((j) => `count(*) FILTER (WHERE u${j}) AS u${j}`),
  ];
  const [row] = await engine.rows(`SELECT ${counts.join(", ")} FROM ${file.relation}`);
  const rows = Number(row!.get("rows"));
  return {
    rows,
    missingKeys: Number(row!.get("missing")),
    hasRepeatedKeys: await repeatsKeys(engine, file),
    unreadable: file.inputs.map((_, j) => Number(row!.get(`u${j}`) ?? 0)),
  };
}

async function repeatsKeys(engine: Engine, file: OpenFeatureFile): Promise<boolean> {
  const [ascent] = await engine.rows(`SELECT coalesce(bool_and(customer > before), TRUE) AS ascends,
    count(*) = count(customer) AS known FROM (SELECT customer, lag(customer) OVER () AS before FROM ${file.relation})`);
  if (ascent!.get("ascends") === true && ascent!.get("known") === true) return false;
  if (file.keyIsInteger) {
    const [range] = await engine.rows(
      `SELECT min(customer) AS low, max(customer) AS high FROM ${file.relation}`,
    );
    const [low, high] = [Number(range!.get("low")), Number(range!.get("high"))];
    if (high - low < mostBits && Number.isSafeInteger(low) && Number.isSafeInteger(high)) {
      const [marked] = await engine.rows(
        `SELECT count(customer) > bit_count(bitstring_agg(customer, ${low}, ${high})) AS repeats FROM ${file.relation}`,
      );
      return marked!.get("repeats") === true;
    }
  }
  const [counted] = await engine.rows(`SELECT count(customer) > count(DISTINCT customer) AS repeats
    FROM ${file.relation} WHERE NOT ${hasNoKey(file)}`);
  return counted!.get("repeats") === true;
}

/** The rows of an open file for which a condition holds. */
export async function faultyRows(
  engine: Engine,
  file: OpenFeatureFile,
  condition: string,
): Promise<FaultyRows> {
  const faults = await engine.rows(`SELECT row, count(*) OVER () AS total FROM ${file.relation}
    WHERE ${condition} ORDER BY row LIMIT 3`);
  return {
    rows: Number(faults[0]?.get("total") ?? 0),
    first: faults.map((fault) => file.firstRow + Number(fault.get("row"))),
  };
}

/** @throws InputError naming the first row without a key. */
export async function refuseMissingKeys(
  engine: Engine,
  file: OpenFeatureFile,
  hint: string = "",
): Promise<never> {
  const { first } = await faultyRows(engine, file, hasNoKey(file));
  throw new InputError(
    `${caller}: column ${describeValue(file.key)} must name a customer in every row, got nothing at ${file.rowWord} ${first[0]} of ${file.path}${hint}`,
  );
}

/** @throws InputError naming the first key that comes again, and where. */
export async function refuseRepeatedKeys(
  engine: Engine,
  file: OpenFeatureFile,
  hint: string = "",
): Promise<never> {
  const [repeated] = await engine.rows(`SELECT CAST(customer AS VARCHAR) AS value, count(*) AS times,
    min(row) AS first, max(row) AS last FROM ${file.relation} WHERE NOT ${hasNoKey(file)}
    GROUP BY customer HAVING count(*) > 1 ORDER BY first LIMIT 1`);
  const first = file.firstRow + Number(repeated!.get("first"));
  const last = file.firstRow + Number(repeated!.get("last"));
  throw new InputError(
    `${caller}: column ${describeValue(file.key)} must be unique, got ${repeated!.get("times")} rows with ${describeValue(repeated!.get("value"))} (${file.rowWord}s ${first} and ${last}) in ${file.path}${hint}`,
  );
}

/** @throws InputError naming the column of an input and the first cells that cannot be read. */
export async function refuseUnreadable(
  engine: Engine,
  file: OpenFeatureFile,
  { input: j, hint = "" }: { readonly input: number; readonly hint?: string },
): Promise<never> {
  const { rows, first } = await faultyRows(engine, file, `u${j}`);
  const { name, type } = file.inputs[j]!;
  const places = first.join(", ");
  const where =
    rows === 1 ? `at ${file.rowWord} ${places}` : `in ${rows} rows, first at ${file.rowWord}s ${places},`;
  throw new InputError(
    `${caller}: column ${describeValue(name)} must hold ${type === "date" ? "days such as 2026-01-31" : "numbers"} or empty cells, got something else ${where} of ${file.path}${hint}`,
  );
}

/** @throws InputError if there is no row. */
export function refuseEmpty(file: OpenFeatureFile, rows: number): void {
  if (rows === 0)
    throw new InputError(`${caller}: the file must hold at least one customer, got none in ${file.path}`);
}
