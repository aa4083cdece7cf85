import type { EngineConfig } from "../config/engine-config.js";
import { openSpark } from "../engine/spark.js";
import { openTrino } from "../engine/trino.js";
import type { PushdownEngine } from "./pushdown-engine.js";

/** The cluster that a workbook names; undefined where it names none. Asks nothing until the first statement. */
export function openPushdown(config: EngineConfig, signal?: AbortSignal): PushdownEngine | undefined {
  const { kind, ...address } = config;
  const stop = signal ? { signal } : {};
  switch (kind) {
    case "trino":
      return openTrino({ ...(address as Omit<Extract<EngineConfig, { kind: "trino" }>, "kind">), ...stop });
    case "spark":
      return openSpark({ ...(address as Omit<Extract<EngineConfig, { kind: "spark" }>, "kind">), ...stop });
    case "duckdb":
      return undefined;
  }
}
