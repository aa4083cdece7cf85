import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { deflateSync } from "node:zlib";
import { smallestBundle } from "../charts/trace-types.js";

/** A build of plotly.js as the page carries it. */
export interface PackedBundle {
  /** The program as text; the page's policy names its hash. */
  readonly source: string;
  /** The same, deflated and in base64: a third of the size, and the page can be read before it is parsed. */
  readonly packed: string;
}

/** The smallest plotly bundle that draws all these trace types; undefined if there are none to draw. */
export function readPlotlyBundle(types: readonly string[]): PackedBundle | undefined {
  const bundle = types.length === 0 ? undefined : smallestBundle(types);
  if (bundle === undefined) return undefined;
  const path = createRequire(import.meta.url).resolve(`plotly.js-${bundle.name}-dist-min`);
  const source = readFileSync(path, "utf8");
  return { source, packed: deflateSync(source, { level: 9 }).toString("base64") };
}
