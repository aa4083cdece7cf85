import type { Kernel, SharedMemory } from "./kernel.js";
import { kernelBinary } from "./kernel-binary.js";
import { typedKernel } from "./typed-kernel.js";

/** The corner of the WebAssembly interface that is used here; neither Node's types nor ES2022 declare it. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { segbook: { memory: SharedMemory } },
  ) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
};

/** Modules by their bytes in base64. */
const compiled = new Map<string, object>();
let supported: boolean | undefined;

/** Shared memory of a fixed number of 64 KiB pages. */
export function createSharedMemory(pages: number): SharedMemory {
  return hasWebAssembly()
    ? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    : { buffer: new SharedArrayBuffer(pages * 65536) };
}

/** The kernel over a memory: WebAssembly where the machine has its SIMD, else typed arrays. */
export function openKernel(memory: SharedMemory): Kernel {
  return openBinary(kernelBinary, memory, typedKernel);
}

/** What a WebAssembly module (bytes in base64) exports over a memory, or its twin where the machine has no SIMD. */
export function openBinary<Exports>(
  binary: string,
  memory: SharedMemory,
  twin: (buffer: SharedArrayBuffer) => Exports,
): Exports {
  if (!hasWebAssembly()) return twin(memory.buffer);
  const module = compiled.get(binary) ?? new WebAssembly.Module(Buffer.from(binary, "base64"));
  compiled.set(binary, module);
  return new WebAssembly.Instance(module, { segbook: { memory } }).exports as Exports;
}

function hasWebAssembly(): boolean {
  supported ??=
    Reflect.has(globalThis, "WebAssembly") && WebAssembly.validate(Buffer.from(kernelBinary, "base64"));
  return supported;
}
