import { watchParent } from "./kernel-parent.js";
import { serveKernel } from "./kernel-server.js";
import { type Showable, show } from "./show.js";

// Started as `node kernel-main.js <connection file>` by Jupyter or by our runner, never imported.
const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  process.stderr.write("kernel-main: connection file must be given\n");
  process.exit(2);
}

/** A figure, a table or a frame at the end of a cell is shown; `show` refuses everything else. */
function showValue(value: unknown): boolean {
  show(value as Showable);
  return true;
}

watchParent();
serveKernel(connectionFile, {
  showValue,
  withDocumentation: process.argv[3] !== "--no-documentation",
  now: () => performance.timeOrigin + performance.now(),
}).catch((error: unknown) => {
  process.stderr.write(`kernel-main: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(3);
});
