import { availableParallelism } from "node:os";
import type { PrivacyOverride } from "../core/privacy.js";
import { requireBrowser } from "../report/pdf.js";
import type { CommandInput, OptionSpec, Surroundings } from "./command.js";
import { allowedBy, allowOption } from "./privacy-option.js";

/** How notebooks are run, whatever they are told. */
export interface RunSettings {
  /** Kernels at work at once. */
  readonly parallel: number;
  /** Run every notebook, also those that nothing has changed for. */
  readonly isFresh: boolean;
  /** Longest time for one cell, in seconds. */
  readonly timeoutSeconds?: number;
  /** Longest time for all notebooks of one run, in seconds. */
  readonly runTimeoutSeconds?: number;
  readonly code: "folded" | "none";
  /** Also print the report. */
  readonly hasPdf: boolean;
  /** Privacy rules set aside. */
  readonly allow: readonly PrivacyOverride[];
}

/** Options of `segbook run`. */
export const runOptions: Readonly<Record<string, OptionSpec>> = {
  parameter: {
    type: "string",
    short: "p",
    multiple: true,
    help: "name=value (also -p), may be repeated; name=a,b makes one run for each",
  },
  parameters: { type: "string", help: "a YAML or JSON file of parameters; -p wins over it" },
  output: { type: "string", help: "the run's folder (default reports/<workbook>-<as-of date>)" },
  timeout: { type: "string", help: "longest time for one cell, in seconds" },
  "run-timeout": { type: "string", help: "longest time for one run, in seconds" },
  parallel: { type: "string", help: "notebooks at work at once (default 2, on one processor 1)" },
  fresh: { type: "boolean", help: "run every notebook, also those whose inputs are those of the last run" },
  "no-code": { type: "boolean", help: "leave the cells' code out of the report" },
  allow: allowOption,
  pdf: { type: "boolean", help: "also print the report to report.pdf (needs Chromium, Chrome or Edge)" },
};

/**
 * A kernel holds some 400 MB, and the long steps in it use every processor by themselves: a third notebook would wait for memory
 * and processors rather than use them.
 */
const mostAtOnce = 2;

/** Reads the options that say how, not what. @throws InputError if a number is none. @throws MachineError if nothing can print. */
export function readSettings(input: CommandInput, { environment }: Surroundings): RunSettings {
  if (input.flag("pdf")) requireBrowser(environment);
  const timeoutSeconds = input.count("timeout", 1);
  const runTimeoutSeconds = input.count("run-timeout", 1);
  return {
    parallel: input.count("parallel", 1) ?? Math.min(availableParallelism(), mostAtOnce),
    isFresh: input.flag("fresh"),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(runTimeoutSeconds !== undefined && { runTimeoutSeconds }),
    code: input.flag("no-code") ? "none" : "folded",
    hasPdf: input.flag("pdf"),
    allow: allowedBy("segbook run", input, ["personal-data"]),
  };
}
