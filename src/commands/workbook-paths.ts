import { resolve } from "node:path";
import { type OpenWorkbookOptions, openWorkbook, type Workbook } from "../workbook/open-workbook.js";
import type { CommandInput, Surroundings } from "./command.js";

/** Absolute path of the workbook file that a command is about. */
export function workbookFile(input: CommandInput, { folder }: Surroundings): string {
  return resolve(folder, input.text("workbook") ?? "segbook.yaml");
}

/** Opens the workbook of `--workbook` with the data folder of `--data`. */
export function openGivenWorkbook(
  input: CommandInput,
  surroundings: Surroundings,
  { asOf = "" }: Pick<OpenWorkbookOptions, "asOf"> = {},
): Promise<Workbook> {
  const data = input.text("data");
  const options: OpenWorkbookOptions = {
    ...(data !== undefined && { dataFolder: resolve(surroundings.folder, data) }),
    asOf,
    moreFolders: [surroundings.environment.SEGBOOK_DATASETS ?? ""],
  };
  return openWorkbook(workbookFile(input, surroundings), options);
}
