import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { packageFile } from "../core/package-root.js";

/** An error as Jupyter shows it. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** One complaint of the compiler about a cell; line and column count from 1. */
export interface CellDiagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

const maxCauses = 5;
const maxFrames = 12;

/** What a cell threw, in the reader's terms: no frames of the kernel, no folders of this machine. */
export function describeThrown(thrown: unknown): CellError {
  try {
    if (thrown instanceof Error || isErrorOfAnotherRealm(thrown)) return describeError(thrown as Error);
    return { ename: "Thrown", evalue: inspect(thrown), traceback: [`Thrown: ${inspect(thrown)}`] };
  } catch {
    const evalue = "a value that cannot be shown";
    return { ename: "Thrown", evalue, traceback: [`Thrown: ${evalue}`] };
  }
}

/** Complaints of the compiler as one error, each on its line as `line:column - text`. */
export function describeDiagnostics(diagnostics: readonly CellDiagnostic[]): CellError {
  const lines = diagnostics.map(
    ({ file, line, column, text }) => `${file === "" ? "" : `${file} `}${line}:${column} - ${text}`,
  );
  return { ename: "CompileError", evalue: lines[0] ?? "", traceback: lines };
}

function describeError(error: Error): CellError {
  if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || isInterrupt(error)) {
    const evalue = "the cell was interrupted";
    return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
  }
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

/** tslab's word when a pending await is interrupted. */
function isInterrupt(error: Error): boolean {
  return error.message === "Interrupted asynchronously";
}

function isErrorOfAnotherRealm(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object Error]";
}

function frames(error: Error): string[] {
  const lines = String(error.stack ?? "").split("\n");
  const shown = lines.flatMap((line) => {
    const match = /^\s+at (?:(.*?) \()?([^()]+?)(?::(\d+):\d+)?\)?$/.exec(line);
    return match === null ? [] : frameText(match[1], match[2]!, match[3]);
  });
  return shown.filter((frame, i) => frame !== shown[i - 1]).slice(0, maxFrames);
}

/** A frame in the cell carries no line: it would count the compiled text, not the cell's. */
function frameText(name: string | undefined, place: string, line: string | undefined): string[] {
  if (place.startsWith("evalmachine.")) {
    return name === undefined || name === "eval" ? ["    at cell"] : [`    at ${name} (cell)`];
  }
  const file = place.startsWith("file://") ? fileURLToPath(place) : place;
  const isKernel = /^node:|^<anonymous>$|[\\/]node_modules[\\/]tslab[\\/]|[\\/]dist[\\/]notebook[\\/]kernel-/;
  if (isKernel.test(file)) return [];
  const shown = `${placeName(file)}${line === undefined ? "" : `:${line}`}`;
  return [name === undefined ? `    at ${shown}` : `    at ${name} (${shown})`];
}

function placeName(file: string): string {
  const modules = `node_modules${sep}`;
  const inModules = file.lastIndexOf(modules);
  if (inModules >= 0) return file.slice(inModules + modules.length);
  const fromFolder = relative(process.cwd(), file);
  const fromPackage = relative(packageFile(), file);
  if (!fromPackage.startsWith("..")) return `segbook/${fromPackage}`;
  return fromFolder.startsWith("..") ? file.slice(file.lastIndexOf(sep) + 1) : fromFolder;
}

/** Messages of Node name files by their full path: the notebook's and the package's folder are left out. */
function hideFolders(text: string): string {
  return text
    .replace(/\nRequire stack:[\s\S]*$/, "")
    .replaceAll(`${process.cwd()}${sep}`, "")
    .replaceAll(packageFile("").replace(/[\\/]?$/, sep), "");
}
