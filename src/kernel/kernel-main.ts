import { megabytesOf, readHeapMegabytes } from "./kernel-heap.js";
import { beforeExit, endWithParent, meetingFolderOf, removeMeetingFolder } from "./kernel-parent.js";
import { startEvaluator } from "./start-evaluator.js";

// Started as `node kernel-main.js <connection file> [--no-documentation] [--heap <megabytes>]` by Jupyter or by our runner, never
// imported. This process speaks for the kernel and never computes; a second one runs the cells.

const [connectionFile, ...options] = process.argv.slice(2);
if (connectionFile === undefined) {
  process.stderr.write("kernel-main: connection file must be given\n");
  process.exit(2);
}
const heapOption = options.indexOf("--heap");
const heapMegabytes =
  heapOption < 0 ? readHeapMegabytes(process.cwd()) : megabytesOf(options[heapOption + 1]);
const meetingFolder = meetingFolderOf(connectionFile);
const withDocumentation = !options.includes("--no-documentation");
const evaluator = startEvaluator({ withDocumentation, heapMegabytes, meetingFolder });
beforeExit(() => {
  evaluator.kill();
  removeMeetingFolder(meetingFolder);
});
endWithParent(meetingFolder);

// Loaded while the other process starts.
import("./kernel-server.js")
  .then(({ serveKernel }) =>
    serveKernel(connectionFile, {
      evaluator,
      heapMegabytes,
      now: () => performance.timeOrigin + performance.now(),
    }),
  )
  .catch((error: unknown) => {
    process.stderr.write(`kernel-main: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(3);
  });
