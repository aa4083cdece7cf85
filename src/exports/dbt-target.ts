import { definitionDbt } from "./definition-dbt.js";
import { runInDbt } from "./run-in-dbt.js";
import type { Target } from "./target.js";

/** Files of a dbt project for DuckDB, built by dbt. */
export const dbtTarget: Target = {
  name: "dbt",
  to: "dbt",
  write: (definition, table) => definitionDbt(definition, { table }),
  run: (files, task, { environment }) => runInDbt(files, task, environment),
};
