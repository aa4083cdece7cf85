import { checkCount } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { ClusterOptions } from "./cluster-fit.js";

/** Throws unless there are rows and the options that all methods share are in range. */
export function checkClusterOptions(caller: string, rowCount: number, options: ClusterOptions): void {
  if (rowCount === 0) throw new InputError(`${caller}: matrix must have at least one row, got none`);
  checkCount(caller, "clusterCount", options.clusterCount, 1, rowCount, "the row count");
  checkCount(caller, "seed", options.seed, 0);
  if (options.starts !== undefined) checkCount(caller, "starts", options.starts, 1, 1_000_000);
  if (options.maxIterations !== undefined)
    checkCount(caller, "maxIterations", options.maxIterations, 1, 2 ** 31 - 1);
}

/** Throws where there are fewer different rows than clusters asked for. */
export function checkDistinctCount(caller: string, clusterCount: number, distinct: number): void {
  if (distinct < clusterCount)
    throw new InputError(
      `${caller}: clusterCount must be a whole number from 1 to ${distinct} (the number of different rows), got ${clusterCount}`,
    );
}

/** Throws where there are too few different rows for one cluster more than asked for. */
export function checkOneMore(caller: string, clusterCount: number, distinct: number): void {
  if (distinct === 1) throw new InputError(`${caller}: table must have at least 2 different rows, got 1`);
  checkCount(
    caller,
    "clusterCount",
    clusterCount,
    1,
    distinct - 1,
    "one less than the number of different rows",
  );
}
