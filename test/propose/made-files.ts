import { join } from "node:path";
import { parse } from "yaml";
import { findGiven } from "#src/propose/file-sample.js";
import { proposeWorkbook, type WorkbookProposal } from "#src/propose/propose-workbook.js";
import { folderWith } from "../commands/segbook.js";

/** A source as it stands in the proposed workbook. */
export interface ProposedSource {
  readonly kind: string;
  readonly path: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [key: string]: unknown;
}

/** A proposal and what its text says. */
export interface Proposed extends WorkbookProposal {
  readonly book: {
    readonly asOf: string;
    readonly money?: { readonly currency: string; readonly decimals: number };
    readonly window?: { readonly from: string };
    readonly sources: Readonly<Record<string, ProposedSource>>;
    readonly basis: readonly string[];
  };
}

/** Proposes a workbook for files with the given contents. */
export async function propose(files: Readonly<Record<string, string | Uint8Array>>): Promise<Proposed> {
  const folder = folderWith(files);
  const given = Object.keys(files).map((name) => findGiven(name, join(folder, name)));
  const proposal = await proposeWorkbook(given, {
    folder: join(folder, "book"),
    seed: 1,
    lastChanged: "2026-01-31",
  });
  return { ...proposal, book: parse(proposal.text) };
}

/** Lines of a table: a header and `count` rows. */
export function tableOf(
  header: string,
  count: number,
  row: (i: number) => readonly (string | number)[],
  delimiter: string = ",",
): string {
  return `${[header, ...Array.from({ length: count }, (_, i) => row(i).join(delimiter))].join("\n")}\n`;
}
