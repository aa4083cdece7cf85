import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InputError } from "../core/errors.js";
import { packageFile } from "../core/package-root.js";
import { type ReadNotebook, readNotebooks } from "../runner/prepare-notebooks.js";
import {
  createStagingFolder,
  discardStagingFolder,
  keepWhatIsSaved,
  publishFolder,
} from "../runner/publish-folder.js";
import { notebooksIn } from "./clean.js";
import type { Command, CommandInput, Outcome, Surroundings } from "./command.js";
import { withSomethingToTell } from "./history-notebooks.js";
import { runGrid } from "./run-grid.js";
import { type RunJob, readBook, runInto } from "./run-once.js";
import { outcomeOf } from "./run-outcome.js";
import { outputFolder } from "./run-output.js";
import { planRuns } from "./run-parameters.js";
import { readSettings, runOptions } from "./run-settings.js";

/** `segbook run`: notebooks in, one folder with report, executed copies and artefacts out. */
export const run: Command = {
  name: "run",
  usage:
    "segbook run [NOTEBOOK…] [--workbook FILE] [--data DIR] [-p name=value]… [--parameters F.yaml] [--output DIR] [--timeout S] [--run-timeout S] [--parallel N] [--fresh] [--no-code] [--pdf]",
  example: "segbook run notebooks/03-find-segments.ipynb -p clusterCount=5",
  options: runOptions,
  tidiesUp: true,
  positionals: [0, Number.MAX_SAFE_INTEGER],
  async run(input, surroundings) {
    const notebooks = chosenNotebooks(input, surroundings);
    if (notebooks.length === 0) throw new InputError("run: notebooks must be given, got an empty folder");
    const settings = readSettings(input, surroundings);
    const { combinations, secrets } = planRuns(notebooks, input, surroundings);
    const job = { notebooks, secrets, settings };
    const [combination, ...others] = combinations;
    return others.length > 0
      ? runGrid({ ...job, combinations }, input, surroundings)
      : runSingle({ ...job, combination: combination!, heading: "" }, input, surroundings);
  },
};

async function runSingle(
  job: Omit<RunJob, "earlier">,
  input: CommandInput,
  surroundings: Surroundings,
): Promise<Outcome> {
  const read = await readBook(job, input, surroundings);
  const output = outputFolder({ ...job, config: read.book?.config, axes: [] }, input, surroundings);
  const staging = createStagingFolder(output);
  try {
    const done = await runInto(staging, { ...job, ...read, earlier: output }, input, surroundings);
    // A failed run is kept beside the last good one, never in its place.
    const final = done.failed || done.leaks.length > 0 ? `${output}-failed` : output;
    publishFolder(staging, final);
    return outcomeOf(done, relative(surroundings.folder, final) || ".");
  } catch (error) {
    keepWhatIsSaved(error, { staging, output });
    throw error;
  } finally {
    discardStagingFolder(staging);
  }
}

/** Those that were named, else all that have something to tell. */
function chosenNotebooks(input: CommandInput, surroundings: Surroundings): readonly ReadNotebook[] {
  const { folder } = surroundings;
  if (input.positionals.length > 0)
    return readNotebooks(
      input.positionals.map((file) => {
        const path = resolve(folder, file);
        if (!existsSync(path)) throw new InputError(`run: notebook must exist, got ${JSON.stringify(file)}`);
        return path;
      }),
    );
  const own = join(folder, "notebooks");
  const all = readNotebooks(notebooksIn(existsSync(own) ? own : packageFile("notebooks")));
  return withSomethingToTell(all, input, surroundings);
}
