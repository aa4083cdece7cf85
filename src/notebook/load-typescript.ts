import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type * as Tslab from "tslab/dist/converter.js";

const requireHere = createRequire(import.meta.url);

/** TypeScript as tslab compiles cells with it, loaded on first use because it is large. */
export function loadTypeScript(): typeof TypeScript {
  return createRequire(requireHere.resolve("tslab"))("@tslab/typescript-for-tslab");
}

/** tslab's compiler of cells, made to use `replaced` in place of the functions of TypeScript that have these names. */
export function loadConverter(replaced: Readonly<Record<string, unknown>>): typeof Tslab {
  const converter = requireHere.resolve("tslab/dist/converter.js");
  const typescript = createRequire(requireHere.resolve("tslab")).resolve("@tslab/typescript-for-tslab");
  const exports = loadTypeScript();
  const cached = requireHere.cache[typescript]!;
  cached.exports = { ...exports, ...replaced };
  delete requireHere.cache[converter];
  try {
    return requireHere(converter);
  } finally {
    cached.exports = exports;
    delete requireHere.cache[converter];
  }
}
