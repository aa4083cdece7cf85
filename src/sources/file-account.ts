import { sha256 } from "../core/sha256.js";
import type { SourceAccount } from "./account.js";
import type { RawFile, RawTable } from "./raw-table.js";

/** The hash of a file, or of the list of several as `sha256sum` prints it. */
export function sha256OfFiles(files: readonly RawFile[]): string {
  if (files.length === 1) return files[0]!.sha256;
  return sha256(files.map((file) => `${file.sha256}  ${file.written}\n`).join(""));
}

/** The files of a source that has several, and what there is to say of them. */
export function fileAccounts({ files, notes }: RawTable): Pick<SourceAccount, "files" | "notes"> {
  const accounts = files.map(({ written, sha256: hash, rowCount, faults }) => ({
    path: written,
    sha256: hash,
    rowsRead: [...faults.values()].reduce((sum, { rows }) => sum + rows, rowCount),
  }));
  return { ...(files.length > 1 && { files: accounts }), ...(notes.length > 0 && { notes }) };
}
