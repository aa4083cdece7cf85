import { existsSync } from "node:fs";
import { readWorkbook } from "../config/read-workbook.js";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { pointerFile } from "../refresh/history-layout.js";
import type { ReadNotebook } from "../runner/prepare-notebooks.js";
import { historyFolderOf } from "../workbook/state-in-force.js";
import type { CommandInput, Surroundings } from "./command.js";
import { workbookFile } from "./workbook-paths.js";

/** The parameter by which a notebook says that it tells of refreshes. */
const historyParameter = "historyFolder";

/** What a report says where a notebook of refreshes would have told what changed. */
export const nothingChanged =
  "Nothing to compare with yet: these are the first segments. “segbook refresh --as-of DATE” brings them to a later day, and the next run says here what changed.";

/** Whether a workbook was refreshed before. */
export function hasHistory(config: WorkbookConfig): boolean {
  return existsSync(pointerFile(historyFolderOf(config)));
}

/** Leaves out the notebooks that would have nothing to tell: those of refreshes, unless there was one or its folder is given. */
export function withSomethingToTell(
  notebooks: readonly ReadNotebook[],
  input: CommandInput,
  surroundings: Surroundings,
): readonly ReadNotebook[] {
  const isOfRefreshes = ({ declared }: ReadNotebook): boolean =>
    declared.some(({ name }) => name === historyParameter);
  const isGiven = input.list("parameter").some((given) => given.startsWith(`${historyParameter}=`));
  if (isGiven || !notebooks.some(isOfRefreshes)) return notebooks;
  return hasHistory(readWorkbook(workbookFile(input, surroundings)))
    ? notebooks
    : notebooks.filter((notebook) => !isOfRefreshes(notebook));
}
