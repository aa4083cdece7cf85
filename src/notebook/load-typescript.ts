import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";

/** TypeScript as tslab compiles cells with it, loaded on first use because it is large. */
export function loadTypeScript(): typeof TypeScript {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve("tslab"))("@tslab/typescript-for-tslab");
}
