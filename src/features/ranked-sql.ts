import { integerType, numberLiteral } from "../engine/sql-numbers.js";
import { binaryText, textOfBinary } from "../engine/sql-text.js";
import { not } from "./expression.js";
import { toSql, wholeNumberBelow } from "./expression-sql.js";
import { groupValuesSql } from "./grouped-sql.js";
import { dayColumns, keyAlias, type Member, type RowSource, rowsSql } from "./row-source.js";

/**
 * The text of most rows, of the earliest or of the latest day of each customer, of equal ones the first in code order.
 *
 * Groups by customer and text first, so that memory is bounded by the different texts.
 */
export function rankedSql(source: RowSource, { name, aggregate }: Member): string {
  const { dialect, kind } = source;
  const { of, where } = aggregate;
  const value = binaryText(toSql(of, source), dialect);
  const day = toSql({ kind: "column", name: dayColumns[kind] ?? "date" }, source);
  const [score, best] =
    aggregate.aggregate === "mostFrequent"
      ? ["COUNT(*)", "MAX"]
      : aggregate.aggregate === "first"
        ? [`MIN(${day})`, "MIN"]
        : [`MAX(${day})`, "MAX"];
  const known = not({ kind: "isMissing", operand: of });
  const counted = `SELECT ${keyAlias}, ${value} AS v, ${score} AS score FROM ${rowsSql(source, known, where)} GROUP BY 1, 2`;
  const ranked = `SELECT counted.*, ${best}(score) OVER (PARTITION BY ${keyAlias}) AS best FROM (${counted}) AS counted`;
  return `SELECT ${keyAlias}, ${textOfBinary("MIN(v)", dialect)} AS ${name} FROM (${ranked}) AS ranked WHERE score = best GROUP BY ${keyAlias}`;
}

/**
 * Exact quantiles of whole numbers, of rows or of groups: values are counted, then the counts are added up in their order.
 *
 * Members differ in `at` only. Position p · (n − 1), linear between neighbours (type 7), in the same double operations everywhere.
 */
export function quantileSql(source: RowSource, members: readonly Member[]): string {
  const { dialect } = source;
  const [first] = members;
  const { of, where, per } = first!.aggregate;
  const whole = integerType(dialect);
  const values = per
    ? groupValuesSql(source, first!)
    : `SELECT ${keyAlias}, ${toSql(of, source)} AS value FROM ${rowsSql(source, where)}`;
  const counted = `SELECT ${keyAlias}, value AS v, COUNT(*) AS n FROM (${values}) AS listed WHERE value IS NOT NULL GROUP BY 1, 2`;
  const added = `SELECT counted.*, CAST(SUM(n) OVER (PARTITION BY ${keyAlias} ORDER BY v) AS ${whole}) AS upto, CAST(SUM(n) OVER (PARTITION BY ${keyAlias}) AS ${whole}) AS total FROM (${counted}) AS counted`;
  const terms = members.map(({ name, aggregate }, i) => ({
    name,
    i,
    at: numberLiteral(aggregate.at!, dialect),
  }));
  const positions = terms.map(({ i, at }) => `${at} * (total - 1) AS h${i}`);
  const placed = `SELECT added.*, ${positions.join(", ")} FROM (${added}) AS added`;
  const neighbours = terms.flatMap(({ i }) => {
    const below = wholeNumberBelow(`h${i}`, dialect);
    return [
      `MIN(CASE WHEN upto > ${below} THEN v END) AS low${i}`,
      `MIN(CASE WHEN upto > ${below} + 1 THEN v END) AS high${i}`,
      `MAX(h${i} - ${below}) AS part${i}`,
    ];
  });
  const found = `SELECT ${[keyAlias, ...neighbours].join(", ")} FROM (${placed}) AS placed GROUP BY ${keyAlias}`;
  const results = terms.map(
    ({ name, i }) => `low${i} + part${i} * (COALESCE(high${i}, low${i}) - low${i}) AS ${name}`,
  );
  return `SELECT ${[keyAlias, ...results].join(", ")} FROM (${found}) AS found`;
}
