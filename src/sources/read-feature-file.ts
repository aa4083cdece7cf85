import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { compareText } from "../core/text-order.js";
import { type Engine, numberColumn, textColumn } from "../engine/engine.js";
import {
  findFaults,
  refuseEmpty,
  refuseMissingKeys,
  refuseRepeatedKeys,
  refuseUnreadable,
} from "./check-feature-file.js";
import { type OpenFeatureFile, openFeatureFile } from "./open-feature-file.js";

/** Which columns of a feature file are wanted. */
export interface FeatureFileOptions {
  /** Column that names the customer. */
  readonly key: string;
  /** Numeric columns. */
  readonly columns: readonly string[];
  /** Columns of text; dates are texts too. Default none. */
  readonly texts?: readonly string[];
}

/** Customers of a feature file, sorted by key in code-unit order. */
export interface FeatureFile {
  readonly keyName: string;
  /** As written: leading zeros and digits beyond 2^53 stay. */
  readonly keys: readonly string[];
  /** Column → values, NaN where the cell is empty, in the order asked. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Column → texts, null where the cell is empty, in the order asked. */
  readonly texts: ReadonlyMap<string, readonly (string | null)[]>;
}

const caller = "readFeatureFile";

/**
 * Reads a file with one row per customer: `.csv` (commas), `.tsv`, either with `.gz`, or `.parquet`.
 *
 * Nothing is guessed: keys are text, wanted columns are numbers with a decimal point, an empty cell is a missing value, and
 * anything else in a number column is an error. Numbers that are not finite in a Parquet file are missing values.
 *
 * @param engine - Holds the file for a moment; no table is left behind.
 * @throws InputError if the file or a column is missing, the format is broken, a key is empty or repeated, a cell is not a
 * number, or there is no row; the message names lines (a record that spans lines counts as one).
 */
export async function readFeatureFile(
  engine: Engine,
  path: string,
  options: FeatureFileOptions,
): Promise<FeatureFile> {
  const { key, columns, texts = [] } = options;
  const inputs = [
    ...columns.map((name) => ({ name, type: "number" as const })),
    ...texts.map((name) => ({ name, type: "text" as const })),
  ];
  checkNamesDiffer(key, [...columns, ...texts]);
  const file = await openFeatureFile(engine, path, { key, inputs });
  try {
    const faults = await findFaults(engine, file);
    refuseEmpty(file, faults.rows);
    if (faults.missingKeys > 0) await refuseMissingKeys(engine, file);
    if (faults.hasRepeatedKeys) await refuseRepeatedKeys(engine, file);
    const unreadable = faults.unreadable.findIndex((count) => count > 0);
    if (unreadable >= 0) await refuseUnreadable(engine, file, { input: unreadable });
    const read = await readSorted(engine, file);
    file.checkUnchanged();
    return read;
  } finally {
    file.release();
  }
}

function checkNamesDiffer(key: string, names: readonly string[]): void {
  const twice = names.find((name, j) => names.indexOf(name) !== j || name === key);
  if (twice !== undefined)
    throw new InputError(
      `${caller}: columns must differ from one another and from the key, got ${describeValue(twice)} again`,
    );
}

async function readSorted(engine: Engine, file: OpenFeatureFile): Promise<FeatureFile> {
  const values = file.inputs.map(({ type }, j) =>
    type === "number" ? `CASE WHEN isfinite(v${j}) THEN v${j} END AS v${j}` : `v${j}`,
  );
  const select = ["CAST(customer AS VARCHAR) AS customer", ...values].join(", ");
  const answer = await engine.columns(`SELECT ${select} FROM ${file.relation}`);
  const keys = textColumn(answer, "customer").map(String);
  const order = Uint32Array.from(keys.keys()).sort((a, b) => compareText(keys[a]!, keys[b]!));
  const columns = new Map<string, Float64Array>();
  const texts = new Map<string, readonly (string | null)[]>();
  file.inputs.forEach(({ name, type }, j) => {
    if (type === "number") {
      const numbers = numberColumn(answer, `v${j}`);
      columns.set(
        name,
        Float64Array.from(order, (row) => numbers[row]!),
      );
    } else {
      const cells = textColumn(answer, `v${j}`);
      texts.set(
        name,
        Array.from(order, (row) => cells[row]!),
      );
    }
  });
  return { keyName: file.key, keys: Array.from(order, (row) => keys[row]!), columns, texts };
}
