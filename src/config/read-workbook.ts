import { resolve } from "node:path";
import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { checkRulesConfig } from "./check-rules.js";
import { checkWorkbookSchema } from "./check-schema.js";
import { checkSources } from "./check-sources.js";
import { checkWorkbook } from "./check-workbook.js";
import { completeWorkbook, type WrittenWorkbook } from "./complete-workbook.js";
import { checkValueConfig } from "./value-config.js";
import type { WorkbookConfig } from "./workbook-config.js";
import { readWorkbookDocument } from "./workbook-document.js";

/** Options of {@link readWorkbook}. */
export interface ReadWorkbookOptions {
  /** Last calendar day that is known, `YYYY-MM-DD`, in place of the file's `asOf`; absent or empty: the file's. */
  readonly asOf?: string;
}

/**
 * Reads a workbook file: checked against schema/workbook.schema.json and for what a schema cannot say, every default filled in, `{asOf}` in source
 * paths replaced by the as-of day.
 *
 * Opens no data file.
 *
 * @param file - Path of a YAML file, such as `segbook.yaml`.
 * @throws InputError for the first thing that is wrong: key path, requirement, what came, file, line and column, nearest valid key;
 * or if `asOf` is no day of the calendar.
 */
export function readWorkbook(file: string, { asOf = "" }: ReadWorkbookOptions = {}): WorkbookConfig {
  if (asOf !== "" && dayNumber(asOf) === undefined)
    throw new InputError(
      `readWorkbook: asOf must be a day of the calendar such as 2026-03-31, got ${describeValue(asOf)}`,
    );
  const document = readWorkbookDocument(file);
  checkWorkbookSchema(document);
  const asWritten = document.value as WrittenWorkbook;
  const written = asOf === "" ? asWritten : { ...asWritten, asOf };
  checkWorkbook(written, document);
  checkSources(written, document);
  checkValueConfig(written, document);
  if (written.rules !== undefined) checkRulesConfig(written.rules, document);
  return completeWorkbook(resolve(file), written);
}
