/** The outcomes of bench/refresh-control.js as they stand in its files: one line each, found again by the columns that name it. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Refreshes, and dates that share nobody; empty where a column does not apply. Lists are parted by spaces. */
export const controlFile = outcomeFile(
  "refresh-control.csv",
  ["kind", "customers", "population", "draw"],
  [
    ...["segments", "not_continued", "lowest_jaccard", "recommendation", "failed_gates", "drifting"],
    ...["significant", "mix_drifts", "auc", "above_band", "classifier_drifts"],
  ],
);

/** Six refreshes in a row under one definition. */
export const hysteresisFile = outcomeFile(
  "refresh-hysteresis.csv",
  ["customers", "population", "limit"],
  ["changes", "held", "held_at_end"],
);

/** Who is held at the last of them, with a limit of 0.05. */
export const heldFile = outcomeFile(
  "refresh-held.csv",
  ["customers", "population", "customer"],
  ["held_in", "nearest", "margin"],
);

function outcomeFile(name, names, figures) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const columns = [...names, ...figures];
  const rows = () => {
    if (!existsSync(file)) appendFileSync(file, `${columns.join(",")}\n`);
    const lines = readFileSync(file, "utf8").trim().split("\n").slice(1);
    return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [columns[i], cell])));
  };
  return {
    rows,
    /** Appends the outcome unless it stands there. */
    add(key, make) {
      if (rows().some((row) => names.every((column) => row[column] === String(key[column])))) return;
      const outcome = { ...key, ...make() };
      appendFileSync(file, `${columns.map((column) => cellOf(outcome[column])).join(",")}\n`);
    },
  };
}

function cellOf(value = "") {
  return Array.isArray(value) ? value.join(" ") : String(value);
}
