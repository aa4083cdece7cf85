// A definition as somebody would write it by hand for DuckDB, in doubles. node bench/assign-query.js DEFINITION INPUT OUTPUT
import { readFileSync } from "node:fs";
import { openDuckDb } from "../dist/engine/duckdb.js";

/** The scoring query over a Parquet or CSV file. */
export function handWrittenQuery({ recipe, model, segments, keyName }, file) {
  const scaled = recipe.steps.map(
    ({ feature, impute, centre, scale }, j) =>
      `least(greatest((ln(1 + coalesce(${feature}, ${impute})) - ${centre}) / ${scale}, -8), 8) AS z${j}`,
  );
  const distances = model.centres.map((centre, s) => {
    const terms = centre.map((steps, j) => `(z${j} - ${steps / 2 ** 20}) * (z${j} - ${steps / 2 ** 20})`);
    return `${terms.join(" + ")} AS d${s}`;
  });
  const names = segments.map((_, s) => `d${s}`);
  const others = names.map((name) => `CASE WHEN ${name} = nearest THEN 'infinity'::DOUBLE ELSE ${name} END`);
  const pick = (value, from) =>
    `CASE ${segments.map((segment, s) => `WHEN d${s} = ${from} THEN '${value(segment)}'`).join(" ")} END`;
  return `WITH scaled AS (SELECT ${keyName}, ${scaled.join(", ")} FROM '${file}'),
    distances AS (SELECT ${keyName}, ${distances.join(", ")} FROM scaled),
    nearest AS (SELECT *, least(${names.join(", ")}) AS nearest FROM distances),
    second AS (SELECT *, least(${others.join(", ")}) AS second FROM nearest)
    SELECT ${keyName} AS customer_id, ${pick(({ key }) => key, "nearest")} AS segment,
      ${pick(({ name }) => name, "nearest")} AS segment_name, sqrt(nearest) AS distance,
      ${pick(({ key }) => key, "second")} AS runner_up, (sqrt(second) - sqrt(nearest)) / sqrt(second) AS margin
    FROM second`;
}

if (process.argv.length === 5) {
  const [definition, input, output] = process.argv.slice(2);
  const engine = await openDuckDb({ memoryLimitMb: 1000 });
  const query = handWrittenQuery(JSON.parse(readFileSync(definition, "utf8")), input);
  await engine.run(`COPY (${query}) TO '${output}'`);
  engine.close();
}
