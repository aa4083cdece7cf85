import { readFileSync } from "node:fs";
import { type MixedTable, mixedTableOf } from "#src/cluster/mixed-table.js";
import { datasetFile } from "../datasets.js";

/** Columns of the marketing campaign as text, one object per customer; undefined where the file is not here. */
function readCampaign(): readonly Readonly<Record<string, string>>[] | undefined {
  const file = datasetFile("marketing_campaign/marketing_campaign_iso_dates.csv");
  if (file === undefined) return undefined;
  const [head, ...lines] = readFileSync(file, "utf8")
    .replace(/^\ufeff/, "")
    .trim()
    .split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, j) => [name, cells[j]!]));
  });
}

/** Customers with their numbers as they are; an income that is not known is missing. */
export function rawCampaign(numbers: readonly string[], words: readonly string[]): MixedTable | undefined {
  const rows = readCampaign();
  const column = (name: string) => rows!.map((row) => (row[name] === "" ? null : Number(row[name])));
  return (
    rows &&
    mixedTableOf({
      ...Object.fromEntries(numbers.map((name) => [name, column(name)])),
      ...Object.fromEntries(words.map((name) => [name, rows.map((row) => row[name]!)])),
    })
  );
}

/** Customers with a known income; log1p of the numbers, z with n − 1. */
export function scaledCampaign(numbers: readonly string[], words: readonly string[]): MixedTable | undefined {
  const rows = readCampaign()?.filter(({ Income }) => Income !== "");
  const column = (name: string) => {
    const logs = rows!.map((row) => Math.log1p(Number(row[name])));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
    return logs.map((log) => (log - mean) / Math.sqrt(variance));
  };
  return (
    rows &&
    mixedTableOf({
      ...Object.fromEntries(numbers.map((name) => [name, column(name)])),
      ...Object.fromEntries(words.map((name) => [name, rows.map((row) => row[name]!)])),
    })
  );
}
