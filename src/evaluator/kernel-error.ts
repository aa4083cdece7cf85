import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { packageFile } from "../core/package-root.js";
import { hideFolders } from "./hide-folders.js";

/** An error as Jupyter shows it. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

const maxCauses = 5;
const maxFrames = 12;

/**
 * What a cell threw, in the reader's terms: no frames of the kernel, no folders of this machine.
 *
 * @param cell - The name of the cell, for what does not say itself where it was thrown.
 */
export function describeThrown(thrown: unknown, cell?: string): CellError {
  const described = describeValue(thrown);
  const isPlaced = described.traceback.some((line) => line.startsWith("    at "));
  if (isPlaced || cell === undefined) return described;
  return { ...described, traceback: [...described.traceback, `    at ${cell}`] };
}

/** What became of a cell that was interrupted. */
export function describeInterrupt(cell: string): CellError {
  const evalue = "the cell was interrupted";
  return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`, `    at ${cell}`] };
}

function describeValue(thrown: unknown): CellError {
  try {
    if (thrown instanceof Error || isErrorOfAnotherRealm(thrown)) return describeError(thrown as Error);
    const evalue = hideFolders(inspect(thrown));
    return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] };
  } catch {
    const evalue = "a value that cannot be shown";
    return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] };
  }
}

function describeError(error: Error): CellError {
  const ename = String(error.name || "Error");
  const evalue = hideFolders(String(error.message));
  const traceback = [headline(ename, evalue), ...frames(error)];
  let cause = error.cause;
  for (let depth = 0; cause !== undefined && depth < maxCauses; depth++) {
    if (!(cause instanceof Error)) {
      traceback.push(`caused by ${hideFolders(inspect(cause))}`);
      break;
    }
    traceback.push(`caused by ${headline(cause.name, hideFolders(cause.message))}`, ...frames(cause));
    cause = cause.cause;
  }
  if (error instanceof AggregateError) {
    for (const one of error.errors.slice(0, maxCauses)) traceback.push(describeThrown(one).traceback[0]!);
  }
  return { ename, evalue, traceback };
}

function headline(name: string, message: string): string {
  return message === "" ? name : `${name}: ${message}`;
}

function isErrorOfAnotherRealm(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object Error]";
}

/** The first frames say what went wrong, the last ones where in the notebook. */
function frames(error: Error): string[] {
  const lines = String(error.stack ?? "").split("\n");
  const shown = lines.flatMap(frameText).filter((frame, i, all) => frame !== all[i - 1]);
  if (shown.length <= maxFrames) return shown;
  return [...shown.slice(0, maxFrames / 2), "    …", ...shown.slice(-maxFrames / 2)];
}

const frame = /^\s+at (?:(.*?) \()?([^()]+?)(:\d+):\d+\)?$/;
const frameOfKernel =
  /^node:|[\\/]node_modules[\\/]tslab[\\/]|[\\/]notebook[\\/](?:kernel-[\w-]+|evaluate-cells|end-guard|local-modules|notebook-variables|code-frames)\.js$/;

/** Frames of cells and of local files, which bear no column, stand as they are. */
function frameText(line: string): string[] {
  if (!/^\s+at /.test(line) || /\((?:<anonymous>|index \d+)\)$/.test(line)) return [];
  const [, name, place, row] = frame.exec(line) ?? [];
  if (place === undefined) return /^ {4}at /.test(line) ? [hideFolders(line)] : [];
  const file = place.startsWith("file://") ? fileURLToPath(place) : place;
  if (frameOfKernel.test(file)) return [];
  const shown = `${placeName(file)}${row}`;
  return [name === undefined ? `    at ${shown}` : `    at ${name} (${shown})`];
}

function placeName(file: string): string {
  const modules = `node_modules${sep}`;
  const inModules = file.lastIndexOf(modules);
  if (inModules >= 0) return file.slice(inModules + modules.length);
  const fromPackage = relative(packageFile(), file);
  if (!fromPackage.startsWith("..")) return `segbook/${fromPackage}`;
  const fromFolder = relative(process.cwd(), file);
  return fromFolder.startsWith("..") ? file.slice(file.lastIndexOf(sep) + 1) : fromFolder;
}
