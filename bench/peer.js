import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * A program of somebody else's that stays ready: it reads one JSON request per line and answers each with a line of JSON.
 * Its own start and its reading of data are thus outside what is timed.
 */
export function startPeer(command, words, env = {}) {
  const child = spawn(command, words, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${words[0]} ended without an answer; are its packages installed?`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}
