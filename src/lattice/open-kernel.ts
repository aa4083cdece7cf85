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

let compiled: object | undefined;
let supported: boolean | undefined;

/** Shared memory of a fixed number of 64 KiB pages. */
export function createSharedMemory(pages: number): SharedMemory {
  return hasWebAssembly()
    ? new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    : { buffer: new SharedArrayBuffer(pages * 65536) };
}

/** The kernel over a memory: WebAssembly where the machine has its SIMD, else typed arrays. */
export function openKernel(memory: SharedMemory): Kernel {
  if (!hasWebAssembly()) return typedKernel(memory.buffer);
  compiled ??= new WebAssembly.Module(kernelBytes());
  return new WebAssembly.Instance(compiled, { segbook: { memory } }).exports as Kernel;
}

function hasWebAssembly(): boolean {
  supported ??= Reflect.has(globalThis, "WebAssembly") && WebAssembly.validate(kernelBytes());
  return supported;
}

function kernelBytes(): Uint8Array {
  return Buffer.from(kernelBinary, "base64");
}
