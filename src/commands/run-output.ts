import { basename, resolve } from "node:path";
import type { WorkbookConfig } from "../config/workbook-config.js";
import type { ReadNotebook } from "../runner/prepare-notebooks.js";
import { definitionId } from "../segments/define-segments.js";
import type { CommandInput, Surroundings } from "./command.js";

/** What the name of a run's folder is made of. */
export interface NamedRun {
  readonly notebooks: readonly ReadNotebook[];
  readonly config: WorkbookConfig | undefined;
  /** Names of the parameters that a grid varies; none for a single run. */
  readonly axes: readonly string[];
}

/** The folder of `--output`, or one in `reports` that says what was run, as of when or by what. */
export function outputFolder(named: NamedRun, input: CommandInput, { folder }: Surroundings): string {
  const given = input.text("output");
  if (given !== undefined) return resolve(folder, given);
  const { axes, config } = named;
  const asOf = config === undefined ? "" : `-${config.asOf}`;
  const end = axes.length > 0 ? `-by-${axes.join("-")}` : asOf;
  return resolve(folder, "reports", `${definitionId(runTitle(named))}${end}`);
}

/** What a run is called: the workbook's name, or that of the only notebook. */
export function runTitle({ config, notebooks }: Pick<NamedRun, "config" | "notebooks">): string {
  if (config !== undefined) return config.name;
  return notebooks.length === 1 ? basename(notebooks[0]!.file, ".ipynb") : "Notebooks";
}
