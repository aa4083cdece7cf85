import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Engine } from "../engine/engine.js";
import { quoteText } from "../engine/sql-text.js";
import type { Definition } from "../segments/definition.js";
import { faultyRows } from "../sources/check-feature-file.js";
import type { OpenFeatureFile } from "../sources/open-feature-file.js";
import type { AssignmentPolicy } from "./assignment-policy.js";
import { knownTexts } from "./known-texts.js";
import { cleanedValue, knownDay, knownNumber } from "./step-sql.js";

/** Cells of one column that hold nothing that can be used, or something that the rules do not know. */
export interface CellAccount {
  readonly column: string;
  readonly reason: "missing-value" | "not-a-number" | "not-a-date" | "unknown-category";
  readonly rows: number;
  /** `imputed`: by the recipe's value; `fallback`: the customer is not placed; `missing`, `kept`: the rules decide. */
  readonly becomes: "imputed" | "fallback" | "missing" | "kept";
}

/** The rows to be assigned: `customer`, `v0`, `v1`, …, and what is to be said of their cells. */
export interface CountedCells {
  /** SQL after FROM. */
  readonly relation: string;
  readonly accounts: readonly CellAccount[];
}

interface RowsToCount {
  readonly file: OpenFeatureFile;
  readonly policy: AssignmentPolicy;
  /** SQL: whether a row is to be assigned. */
  readonly kept: string;
}

/**
 * Counts, column by column, the cells that a definition cannot use as they are.
 *
 * A value that the transform of a step cannot take counts as missing, as everywhere.
 *
 * @throws InputError if there is a text that no rule mentions and the policy refuses it.
 */
export async function countCells(
  engine: Engine,
  definition: Definition,
  { file, policy, kept }: RowsToCount,
): Promise<CountedCells> {
  const unknown = unknownSql(definition, file);
  const values = file.inputs.map((_, j) => {
    const condition = unknown.get(j);
    if (condition === undefined || policy.unknownCategory !== "missing") return `v${j}`;
    return `CASE WHEN NOT (${condition}) THEN v${j} END AS v${j}`;
  });
  const counts = file.inputs.flatMap((_, j) => [
    `count(*) - count(${usable(definition, file, j)}) AS missing${j}`,
    ...(file.doubtful.includes(j) ? [`count(*) FILTER (WHERE u${j}) AS unreadable${j}`] : []),
    ...(unknown.has(j) ? [`count(*) FILTER (WHERE ${unknown.get(j)}) AS unknown${j}`] : []),
  ]);
  const relation = `(SELECT ${["customer", ...values].join(", ")} FROM ${file.relation} WHERE ${kept})`;
  if (counts.length === 0) return { relation, accounts: [] };
  const [row] = await engine.rows(`SELECT ${counts.join(", ")} FROM ${file.relation} WHERE ${kept}`);
  const count = (name: string): number => Number(row!.get(name) ?? 0);
  if (policy.unknownCategory === "refuse")
    for (const [j, condition] of unknown)
      if (count(`unknown${j}`) > 0) await refuseUnknown(engine, { file, policy, kept }, { j, condition });
  const accounts = file.inputs.flatMap((input, j): CellAccount[] => {
    const unreadable = count(`unreadable${j}`);
    const ofColumn = { column: input.name, becomes: fateOf(definition, j) } as const;
    const isKept = policy.unknownCategory === "keep";
    return [
      { ...ofColumn, reason: "missing-value", rows: count(`missing${j}`) - unreadable },
      { ...ofColumn, reason: input.type === "date" ? "not-a-date" : "not-a-number", rows: unreadable },
      {
        ...ofColumn,
        reason: "unknown-category",
        rows: count(`unknown${j}`),
        becomes: isKept ? "kept" : "missing",
      },
    ];
  });
  return { relation, accounts: accounts.filter(({ rows }) => rows > 0) };
}

/** SQL of a value, NULL where the definition takes it for missing. */
function usable({ model, recipe }: Definition, file: OpenFeatureFile, j: number): string {
  if (model.kind === "kmeans-lattice") return cleanedValue(recipe.steps[j]!, `v${j}`, "duckdb");
  const { type } = file.inputs[j]!;
  if (type === "number") return knownNumber(`v${j}`, "duckdb");
  return type === "date" ? knownDay(`v${j}`, "duckdb") : `v${j}`;
}

function fateOf({ model, recipe }: Definition, j: number): CellAccount["becomes"] {
  if (model.kind === "rules") return "missing";
  return recipe.steps[j]!.whenMissing === "fallback" ? "fallback" : "imputed";
}

/** Input → SQL of whether a cell holds a text that no rule mentions. Features that rules only ask to be there have none. */
function unknownSql(definition: Definition, file: OpenFeatureFile): ReadonlyMap<number, string> {
  const known = knownTexts(definition);
  return new Map(
    file.inputs.flatMap(({ name, type }, j): [number, string][] => {
      const texts = known.get(name);
      if (type !== "text" || texts === undefined) return [];
      const list = [...texts].map((text) => quoteText(text, "duckdb")).join(", ");
      return [[j, `v${j} IS NOT NULL AND v${j} NOT IN (${list})`]];
    }),
  );
}

async function refuseUnknown(
  engine: Engine,
  { file, kept }: RowsToCount,
  { j, condition }: { readonly j: number; readonly condition: string },
): Promise<never> {
  const { rows, first } = await faultyRows(engine, file, `${kept} AND ${condition}`);
  throw new InputError(
    `assignFile: column ${describeValue(file.inputs[j]!.name)} must hold texts that the rules know, got others in ${rows} rows, first at ${file.rowWord} ${first[0]} of ${file.path}. Say what becomes of them in unknownCategory`,
  );
}
