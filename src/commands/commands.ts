import type { Command } from "./command.js";

/** A command as the help page names it; the file with its work is read only when it is called. */
export interface CommandEntry {
  /** `check`, or `kernel install`. */
  readonly name: string;
  readonly summary: string;
  readonly open: () => Promise<Command>;
}

/** Every command, in the order of the help page. */
export const commands: readonly CommandEntry[] = [
  {
    name: "check",
    summary: "read and check the sources; show what was kept, what was set aside and why",
    open: async () => (await import("./check.js")).check,
  },
  {
    name: "features",
    summary: "write one row per customer, .csv or .parquet",
    open: async () => (await import("./features.js")).features,
  },
  {
    name: "fit",
    summary: "features → recipe → clusters → definition, from a workbook or straight from a file",
    open: async () => (await import("./fit.js")).fit,
  },
  {
    name: "assign",
    summary: "put the customers of a file into the segments of a definition",
    open: async () => (await import("./assign.js")).assign,
  },
  {
    name: "export",
    summary: "write a definition as SQL or JSON",
    open: async () => (await import("./export.js")).exportCommand,
  },
  {
    name: "audience",
    summary:
      "write the members of each segment as lists for other systems, or what changed since the last time",
    open: async () => (await import("./audience.js")).audience,
  },
  {
    name: "verify",
    summary:
      "run the exported SQL and compare it with our own assignment; exit 1 on any disagreement, or if a target named with --targets cannot be run",
    open: async () => (await import("./verify.js")).verify,
  },
  {
    name: "age",
    summary: "say how old a definition is on a day; exit 1 when it is stale",
    open: async () => (await import("./age.js")).age,
  },
  {
    name: "run",
    summary: "run notebooks and write the report",
    open: async () => (await import("./run.js")).run,
  },
  {
    name: "refresh",
    summary:
      "bring the segments to a later day: score, refit, find them again, say what changed; exit 1 if a gate says no",
    open: async () => (await import("./refresh.js")).refresh,
  },
  {
    name: "compare",
    summary: "set two definitions beside each other; with --input on the same customers",
    open: async () => (await import("./compare.js")).compare,
  },
  {
    name: "report",
    summary: "make one HTML file from executed notebooks, your own too",
    open: async () => (await import("./report.js")).report,
  },
  {
    name: "inspect",
    summary: "show a notebook's parameters",
    open: async () => (await import("./inspect.js")).inspect,
  },
  {
    name: "clean",
    summary: "strip outputs from notebooks; with --check only say which have some",
    open: async () => (await import("./clean.js")).clean,
  },
  {
    name: "init",
    summary: "make a new workbook, proposed from your own files",
    open: async () => (await import("./init.js")).init,
  },
  {
    name: "kernel install",
    summary: "make Jupyter know the kernel and the figures of these notebooks",
    open: async () => (await import("./kernel-install.js")).kernelInstall,
  },
  {
    name: "lab",
    summary: "open notebooks in your JupyterLab",
    open: async () => (await import("./lab.js")).lab,
  },
];
