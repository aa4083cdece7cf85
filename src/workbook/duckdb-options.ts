import type { EngineConfig } from "../config/engine-config.js";
import type { DuckDbOptions } from "../engine/duckdb.js";

const megabytes: ReadonlyMap<string, number> = new Map([
  ["MB", 1],
  ["GB", 1000],
  ["MIB", 1.048576],
  ["GIB", 1073.741824],
]);

/** The limits that a workbook sets for the database inside the process; none where it has another engine. */
export function duckDbOptions(
  engine: EngineConfig,
): Pick<DuckDbOptions, "threads" | "memoryLimitMb" | "temporaryFolder"> {
  if (engine.kind !== "duckdb") return {};
  const { memory, threads, temporaryFolder } = engine;
  const [, amount, unit] = /^([0-9]+(?:\.[0-9]+)?) ?([MG]i?B)$/i.exec(memory ?? "") ?? [];
  return {
    ...(unit !== undefined && {
      memoryLimitMb: Math.max(1, Math.round(Number(amount) * megabytes.get(unit.toUpperCase())!)),
    }),
    ...(threads !== undefined && { threads }),
    ...(temporaryFolder !== undefined && { temporaryFolder }),
  };
}
