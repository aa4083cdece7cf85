import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The content of a `kernel_info_reply`. Says which TypeScript compiles the cells without loading it. */
export function describeKernel(): Readonly<Record<string, unknown>> {
  return {
    status: "ok",
    protocol_version: "5.4",
    implementation: "segbook",
    implementation_version: "1.0",
    language_info: {
      name: "typescript",
      version: readTypeScriptVersion(),
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    banner: "TypeScript (segbook)",
    help_links: [],
  };
}

function readTypeScriptVersion(): string {
  const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab"));
  const path = fromTslab.resolve("@tslab/typescript-for-tslab/package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly version: string }).version;
}
