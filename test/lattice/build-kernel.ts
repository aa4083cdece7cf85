import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import loadWabt from "wabt";

const wat = "src/lattice/kernel.wat";
const target = "src/lattice/kernel-binary.ts";

/** The kernel's bytes as WebAssembly text gives them, in base64. */
export async function assembleKernel(): Promise<string> {
  const wabt = await loadWabt();
  const features = { simd: true, threads: true };
  const module = wabt.parseWat("kernel.wat", readFileSync(wat, "utf8"), features);
  return Buffer.from(module.toBinary({}).buffer).toString("base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = ((await assembleKernel()).match(/.{1,96}/g) ?? []).map((line) => `  "${line}"`);
  writeFileSync(
    target,
    `/** kernel.wat assembled, in base64. Made by \`node build/lattice/build-kernel.js\`; a test assembles it again. */\nexport const kernelBinary: string =\n${lines.join(" +\n")};\n`,
  );
}
