import { InputError } from "../core/errors.js";
import { formatKeyPath, type KeyPath, type WorkbookDocument } from "./workbook-document.js";

/** Throws the error of a workbook: `readWorkbook: <key path> must <requirement>, got <got> at <place><hint>`. */
export function refuse(
  document: WorkbookDocument,
  path: KeyPath,
  { must, got, hint = "" }: { readonly must: string; readonly got: string; readonly hint?: string },
): never {
  throw new InputError(
    `readWorkbook: ${formatKeyPath(path)} must ${must}, got ${got} at ${document.place(path)}${hint}`,
  );
}
