import { resolve } from "node:path";
import { checkWorkbookSchema } from "./check-schema.js";
import { checkSources } from "./check-sources.js";
import { checkWorkbook } from "./check-workbook.js";
import { completeWorkbook, type WrittenWorkbook } from "./complete-workbook.js";
import type { WorkbookConfig } from "./workbook-config.js";
import { readWorkbookDocument } from "./workbook-document.js";

/**
 * Reads a workbook file: checked against schema/workbook.schema.json and for what a schema cannot say, every default filled in.
 *
 * Opens no data file.
 *
 * @param file - Path of a YAML file, such as `segbook.yaml`.
 * @throws InputError for the first thing that is wrong: key path, requirement, what came, file, line and column, nearest valid key.
 */
export function readWorkbook(file: string): WorkbookConfig {
  const document = readWorkbookDocument(file);
  checkWorkbookSchema(document);
  const written = document.value as WrittenWorkbook;
  checkWorkbook(written, document);
  checkSources(written, document);
  return completeWorkbook(resolve(file), written);
}
