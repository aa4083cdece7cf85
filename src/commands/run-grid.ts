import { mkdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { InputError } from "../core/errors.js";
import { writeFileAtomic } from "../core/write-atomic.js";
import type { Combination } from "../parameters/parameter-grid.js";
import { renderGrid } from "../report/render-grid.js";
import {
  createStagingFolder,
  discardStagingFolder,
  keepWhatIsSaved,
  publishFolder,
} from "../runner/publish-folder.js";
import type { CommandInput, Outcome, Surroundings } from "./command.js";
import { folderNames } from "./grid-names.js";
import { type GridPlace, type GridResult, refusedResult, resultOf, resultRecord } from "./grid-result.js";
import { type RunJob, readBook, readConfig, runInto } from "./run-once.js";
import { outputFolder, runTitle } from "./run-output.js";

/** The same notebooks once for each combination of values. */
export type GridJob = Omit<RunJob, "combination" | "heading" | "earlier"> & {
  readonly combinations: readonly Combination[];
};

/**
 * Runs every combination into a folder of its own, one after the other, and writes an overview beside them. One that fails does not
 * stop the others; what the machine refuses one run it refuses the next, so that ends all.
 */
export async function runGrid(
  job: GridJob,
  input: CommandInput,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { combinations, notebooks } = job;
  const started = surroundings.now();
  // A day that is none is found out before any kernel starts.
  const [config] = combinations.map((combination) =>
    readConfig({ notebooks, combination }, input, surroundings),
  );
  const axes = combinations[0]!.chosen.map(([name]) => name);
  const output = outputFolder({ config, notebooks, axes }, input, surroundings);
  const staging = createStagingFolder(output);
  try {
    const results = await runAll(job, { staging, output }, input, surroundings);
    const seconds = Math.round(surroundings.now() - started) / 1000;
    const runs = results.map(resultRecord);
    const record = { workbook: config ? basename(config.file) : null, grid: axes, seconds, runs };
    writeFileAtomic(join(staging, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
    const shown = results.map((result) => result.shown);
    const title = runTitle({ config, notebooks });
    writeFileAtomic(join(staging, "index.html"), renderGrid({ title, axes, runs: shown, seconds }));
    // A grid with a failed run is kept beside the last good one, never in its place.
    const final = shown.some(({ failure }) => failure !== null) ? `${output}-failed` : output;
    publishFolder(staging, final);
    return outcomeOf(results, relative(surroundings.folder, final) || ".", seconds);
  } catch (error) {
    keepWhatIsSaved(error, { staging, output });
    throw error;
  } finally {
    discardStagingFolder(staging);
  }
}

async function runAll(
  { combinations, ...job }: GridJob,
  { staging, output }: { readonly staging: string; readonly output: string },
  input: CommandInput,
  surroundings: Surroundings,
): Promise<GridResult[]> {
  const names = folderNames(combinations);
  const results: GridResult[] = [];
  for (const [i, combination] of combinations.entries()) {
    const name = names[i]!;
    const place = { folder: join(staging, name), name, combination };
    const heading = `${i + 1} of ${combinations.length}: ${name}`;
    const one = { ...job, combination, heading, earlier: join(output, name) };
    results.push(await runPlaced(one, place, input, surroundings));
  }
  return results;
}

async function runPlaced(
  job: RunJob,
  place: GridPlace,
  input: CommandInput,
  surroundings: Surroundings,
): Promise<GridResult> {
  try {
    const read = await readBook(job, input, surroundings);
    mkdirSync(place.folder);
    return resultOf(place, await runInto(place.folder, { ...job, ...read }, input, surroundings), read.book);
  } catch (error) {
    if (error instanceof InputError) return refusedResult(place, error.message);
    throw error;
  }
}

function outcomeOf(results: readonly GridResult[], folder: string, seconds: number): Outcome {
  const report = join(folder, "index.html");
  const failed = results.filter(({ shown }) => shown.failure !== null);
  const width = Math.max(...results.map(({ shown }) => shown.folder.length)) + 2;
  const lines = results.map(({ shown }) => {
    const state = shown.failure === null ? `${shown.seconds.toFixed(1)} s` : "failed";
    return `${shown.folder.padEnd(width)}${state}`;
  });
  const reasons = failed.map(({ shown }) => `\n  ${shown.folder}: ${shown.failure}`).join("");
  return {
    document: { folder, report, seconds, runs: results.map(resultRecord) },
    text: `${lines.join("\n")}\n\noverview: ${report} (${seconds.toFixed(1)} s in all)`,
    exitCode: failed.length > 0 ? 1 : 0,
    ...(failed.length > 0 && {
      failure: `run: ${failed.length} of ${results.length} runs failed${reasons}\nAll are in ${folder}; the last good overview is untouched.`,
    }),
  };
}
