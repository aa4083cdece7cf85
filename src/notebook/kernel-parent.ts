import { Worker } from "node:worker_threads";

/** Polls from a thread of its own, because a cell may keep the main thread busy for ever. */
const watchSource = `
const { workerData } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== workerData) process.kill(process.pid, "SIGKILL");
}, 1000);
`;

/** Ends this process soon after the one that started it has died, however it died. */
export function watchParent(): void {
  new Worker(watchSource, { eval: true, workerData: process.ppid }).unref();
}
