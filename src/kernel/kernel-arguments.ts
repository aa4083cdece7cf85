import { packageFile } from "../core/package-root.js";

/** What Node is started with for a kernel; the connection file follows. */
export function kernelArguments(): string[] {
  return [packageFile("dist", "kernel", "kernel-main.js")];
}
