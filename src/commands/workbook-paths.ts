import { resolve } from "node:path";
import type { StatementProgress } from "../engine/duckdb.js";
import { type OpenWorkbookOptions, openWorkbook, type Workbook } from "../workbook/open-workbook.js";
import type { CommandInput, Surroundings } from "./command.js";
import { durationText } from "./duration-text.js";

/** Absolute path of the workbook file that a command is about. */
export function workbookFile(input: CommandInput, { folder }: Surroundings): string {
  return resolve(folder, input.text("workbook") ?? "segbook.yaml");
}

/** Says how far a long statement has come: rows, share, time left. */
function watchReading({ progress, now }: Surroundings): (progress: StatementProgress) => void {
  let [began, last] = [now(), 0];
  return ({ rows, share }) => {
    if (share < last) began = now();
    last = share;
    const left =
      share > 0.05 ? `, ${durationText(((now() - began) * (1 - share)) / (1000 * share))} left` : "";
    progress(`reading: ${rows.toLocaleString("en")} rows, ${Math.round(100 * share)} %${left}`);
  };
}

/** Where the sources of `--workbook` are looked for, and who watches them being read. */
export function givenWorkbookOptions(
  input: CommandInput,
  surroundings: Surroundings,
): Omit<OpenWorkbookOptions, "asOf" | "keepTables"> {
  const data = input.text("data");
  return {
    ...(data !== undefined && { dataFolder: resolve(surroundings.folder, data) }),
    signal: surroundings.signal,
    onProgress: watchReading(surroundings),
    moreFolders: [surroundings.environment.SEGBOOK_DATASETS ?? ""],
  };
}

/** Opens the workbook of `--workbook` with the data folder of `--data`. */
export function openGivenWorkbook(
  input: CommandInput,
  surroundings: Surroundings,
  { asOf = "", keepTables = true }: Pick<OpenWorkbookOptions, "asOf" | "keepTables"> = {},
): Promise<Workbook> {
  const options = { ...givenWorkbookOptions(input, surroundings), asOf, keepTables };
  return openWorkbook(workbookFile(input, surroundings), options);
}
