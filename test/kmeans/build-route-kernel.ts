import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import loadWabt from "wabt";

const wat = "src/kmeans/route-kernel.wat";
const target = "src/kmeans/route-kernel-binary.ts";

/** The kernel's bytes as WebAssembly text gives them, in base64. */
export async function assembleRouteKernel(): Promise<string> {
  const wabt = await loadWabt();
  const features = { simd: true, threads: true };
  const module = wabt.parseWat("route-kernel.wat", readFileSync(wat, "utf8"), features);
  return Buffer.from(module.toBinary({}).buffer).toString("base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = ((await assembleRouteKernel()).match(/.{1,96}/g) ?? []).map((line) => `  "${line}"`);
  writeFileSync(
    target,
    `/** route-kernel.wat assembled, in base64. Made by \`node build/kmeans/build-route-kernel.js\`; a test assembles it again. */\nexport const routeKernelBinary: string =\n${lines.join(" +\n")};\n`,
  );
}
