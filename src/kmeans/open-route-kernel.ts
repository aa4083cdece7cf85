import type { SharedMemory } from "../lattice/kernel.js";
import { openBinary } from "../lattice/open-kernel.js";
import type { RouteKernel } from "./route-kernel.js";
import { routeKernelBinary } from "./route-kernel-binary.js";
import { typedRouteKernel } from "./typed-route-kernel.js";

/** The kernel over a memory: WebAssembly where the machine has its SIMD, else typed arrays. */
export function openRouteKernel(memory: SharedMemory): RouteKernel {
  return openBinary(routeKernelBinary, memory, typedRouteKernel);
}
