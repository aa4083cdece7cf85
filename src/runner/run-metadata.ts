import { isObject, type JsonObject } from "../notebook/notebook.js";

/**
 * The steps of a cell that nbclient records.
 *
 * What a run writes into a notebook beside outputs has the names of papermill and nbclient. Two runs of the same notebook over the
 * same data differ in these keys, the declared run metadata, and in nothing else:
 *
 * - notebook `metadata.papermill`: `start_time`, `end_time`, `duration`
 * - cell `metadata.papermill`: `start_time`, `end_time`, `duration`
 * - cell `metadata.execution`: `iopub.status.busy`, `iopub.execute_input`, `shell.execute_reply`, `iopub.status.idle`
 */
export type ExecutionStep =
  | "iopub.status.busy"
  | "iopub.execute_input"
  | "shell.execute_reply"
  | "iopub.status.idle";

/** How a cell stands. Times are in milliseconds since 1970. */
export interface CellProgress {
  readonly status: "pending" | "running" | "completed" | "failed";
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly steps?: ReadonlyMap<ExecutionStep, number>;
}

/** How a notebook stands. Times are in milliseconds since 1970. */
export interface NotebookProgress {
  readonly startTime: number;
  readonly endTime: number;
  readonly hasFailed: boolean;
}

/** The metadata of a code cell in the executed copy. */
export function cellRunMetadata(
  metadata: JsonObject,
  { status, startTime, endTime, steps = new Map() }: CellProgress,
): JsonObject {
  const exception = status === "pending" ? null : status === "failed";
  const papermill = { exception, status, ...timesOf(startTime, endTime) };
  const execution = Object.fromEntries([...steps].map(([step, time]) => [step, isoTime(time)]));
  const { execution: _, ...kept } = metadata;
  return { tags: [], ...kept, papermill, ...(steps.size > 0 && { execution }) };
}

/** The metadata of the executed copy. */
export function notebookRunMetadata(
  metadata: JsonObject,
  { startTime, endTime, hasFailed }: NotebookProgress,
): JsonObject {
  const earlier = isObject(metadata.papermill) ? metadata.papermill : {};
  const exception = hasFailed ? true : null;
  return { ...metadata, papermill: { ...earlier, ...timesOf(startTime, endTime), exception } };
}

/** The duration is in seconds. */
function timesOf(startTime: number | undefined, endTime: number | undefined): JsonObject {
  return {
    start_time: isoTime(startTime),
    end_time: isoTime(endTime),
    duration:
      startTime === undefined || endTime === undefined ? null : Math.round(endTime - startTime) / 1000,
  };
}

function isoTime(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
