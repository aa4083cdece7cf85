import { dbtTarget } from "./dbt-target.js";
import { onnxTarget } from "./onnx-target.js";
import { pmmlTarget } from "./pmml-target.js";
import { sqlTargets, warehouseTargets } from "./sql-targets.js";
import type { Target } from "./target.js";
import { typescriptTarget } from "./typescript-target.js";

/** Every system that can be handed a definition, in the order in which `segbook verify` runs them. */
export const targets: readonly Target[] = [
  ...sqlTargets,
  typescriptTarget,
  pmmlTarget,
  onnxTarget,
  dbtTarget,
  ...warehouseTargets,
];
