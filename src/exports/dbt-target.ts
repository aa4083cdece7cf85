import { definitionDbt } from "./definition-dbt.js";
import { runInDbt } from "./run-in-dbt.js";
import type { Target } from "./target.js";

/** Files of a dbt project; on DuckDB built by dbt. */
export const dbtTarget: Target = {
  name: "dbt",
  to: "dbt",
  write: (definition, table, dialect) => definitionDbt(definition, { table, ...(dialect && { dialect }) }),
  run: (files, task, { environment }) => runInDbt(files, task, environment),
};
