import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Runs a command to its end: wall seconds, or with `memory` the largest memory that it and its children held at once (Linux).
 * Looking at memory takes time, so a run gives one or the other.
 */
export function measure(command, words, { memory = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, words, { stdio: ["ignore", "ignore", "inherit"], ...options });
    let peakBytes = 0;
    const look = () => {
      peakBytes = Math.max(peakBytes, treeBytes(child.pid));
    };
    const watch = memory ? setInterval(look, 50) : undefined;
    child.on("error", reject);
    child.on("exit", (code) => {
      clearInterval(watch);
      if (code !== 0) reject(new Error(`${command} ${words.join(" ")} ended with ${code}`));
      else resolve({ seconds: (performance.now() - started) / 1000, peakBytes });
    });
  });
}

/**
 * Runs a program to its end under GNU time: wall and processor seconds, and the largest resident memory in GB. Exit codes other than
 * those that are accepted are errors.
 */
export function measureRun(command, words, { accepts = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn("/usr/bin/time", ["-f", "%U %S %M", command, ...words], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    child.stderr.on("data", (text) => {
      told += text;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (!accepts.includes(code))
        return reject(new Error(`${command} ${words.join(" ")} ended with ${code}: ${told}`));
      const [user, system, kilobytes] = told.trim().split("\n").at(-1).split(" ").map(Number);
      const seconds = (performance.now() - started) / 1000;
      resolve({ seconds, processorSeconds: user + system, gigabytes: kilobytes / 1e6 });
    });
  });
}

/** Proportional memory of a process and its descendants: pages that several share count once. */
function treeBytes(root) {
  const children = new Map();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = readOrEmpty(`/proc/${entry}/stat`)
      .replace(/^.*\) \S /s, "")
      .split(" ")[0];
    children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  const own = (pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
  const sum = (pid) =>
    own(pid) + (children.get(String(pid)) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(root);
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
