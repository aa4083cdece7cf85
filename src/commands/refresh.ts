import { resolve } from "node:path";
import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { RefreshOutcome } from "../workbook/refresh-options.js";
import { refreshWorkbook } from "../workbook/refresh-workbook.js";
import type { Command, Outcome } from "./command.js";
import { refreshText } from "./refresh-text.js";
import { watchSearch } from "./search-progress.js";
import { givenWorkbookOptions, workbookFile } from "./workbook-paths.js";

/** `segbook refresh`: brings the segments of a workbook to a later day, and says what changed. */
export const refresh: Command = {
  name: "refresh",
  usage: "segbook refresh --as-of DATE [--workbook FILE] [--history DIR] [--dry-run] [--again]",
  example: "segbook refresh --as-of 2026-06-30 --workbook data/sample/segbook.yaml",
  options: {
    "as-of": { type: "string", help: "the last day that is known, YYYY-MM-DD; not before the newest state" },
    history: { type: "string", help: "folder of the history (default: what the workbook says, beside it)" },
    "dry-run": {
      type: "boolean",
      help: "show what would change; nothing is put in force or written to the history",
    },
    again: {
      type: "boolean",
      help: "make the newest state anew where its files or the workbook have changed",
    },
  },
  positionals: [0, 0],
  tidiesUp: true,
  async run(input, surroundings) {
    const asOf = input.required("as-of");
    if (dayNumber(asOf) === undefined)
      throw new InputError(`segbook refresh: --as-of must be a day, YYYY-MM-DD, got ${describeValue(asOf)}`);
    const { folder, progress, tidyOnInterrupt } = surroundings;
    const history = input.text("history");
    const watch = watchSearch(surroundings);
    const outcome = await refreshWorkbook(workbookFile(input, surroundings), {
      ...givenWorkbookOptions(input, surroundings),
      asOf,
      ...(history !== undefined && { history: resolve(folder, history) }),
      isDryRun: input.flag("dry-run"),
      isAgain: input.flag("again"),
      onStep: (step) => {
        tidyOnInterrupt(true);
        progress(step);
      },
      onSearch: (step) => {
        // The search never yields, so that nobody could hear Ctrl-C: the system ends it, and nothing half-made is in force.
        tidyOnInterrupt(false);
        watch(step);
      },
    });
    progress();
    return report(outcome);
  },
};

function report({ word, record, folder }: RefreshOutcome): Outcome {
  const failed = record.gates.filter(({ passed }) => !passed);
  const whole = `${refreshText(record)}\n${endLine(word, folder)}`;
  if (failed.length === 0) return { document: record, text: whole, exitCode: 0 };
  // What the other gates say is why it says no as well.
  const causes = failed.filter(({ name }) => name !== "recommendation" || failed.length === 1);
  return {
    document: record,
    text: whole,
    exitCode: 1,
    failure: `segbook refresh: ${causes.map(({ name }) => name).join(", ")} said no${word === "refused" ? `; the state of ${record.previous?.asOf} goes on. Mend the data, or the limits under refresh.gates, and run the same command again` : ""}`,
  };
}

function endLine(word: RefreshOutcome["word"], folder: string | null): string {
  switch (word) {
    case "published":
      return `wrote ${folder}`;
    case "already-done":
      return `already done, from the same inputs: ${folder}`;
    case "refused":
      return `not in force; to look at: ${folder}`;
    case "dry-run":
      return "dry run: nothing was written, and nothing of this is in force";
  }
}
