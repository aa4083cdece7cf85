import { readFileSync } from "node:fs";
import { canonicalJson } from "../core/canonical-json.js";
import { sha256 } from "../core/sha256.js";
import type { RefreshInput, RefreshRecord } from "../refresh/refresh-record.js";
import type { Workbook } from "./open-workbook.js";

/** What a refresh was made from. */
export interface RefreshInputs {
  readonly workbook: string;
  readonly inputs: readonly RefreshInput[];
}

/** The bytes of the workbook file and of each of its sources. */
export function inputsOfRefresh({ config, account }: Workbook): RefreshInputs {
  return {
    workbook: sha256(readFileSync(config.file)),
    inputs: account.sources.map(({ name, sha256: hash, rowsRead, rowsKept }) => ({
      source: name,
      sha256: hash,
      rowsRead,
      rowsKept,
    })),
  };
}

/** What differs between the inputs of a record and those of now, in words; empty: nothing. */
export function changedInputs(record: RefreshRecord, now: RefreshInputs): readonly string[] {
  const was = new Map(record.inputs.map((input) => [input.source, canonicalJson(input)]));
  const is = new Map(now.inputs.map((input) => [input.source, canonicalJson(input)]));
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return [
    ...(record.workbook === now.workbook ? [] : ["the workbook file"]),
    ...names.filter((name) => was.get(name) !== is.get(name)).map((name) => `the source ${name}`),
  ];
}
