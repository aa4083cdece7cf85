import { relative } from "node:path";
import type { PlaceFinder } from "./source-map.js";

/** Code that a kernel evaluates. */
export interface EvaluatedCode {
  /** What a reader calls it: a cell's name, or the path of a file. */
  readonly name: string;
  readonly isFile: boolean;
  readonly findPlace: PlaceFinder;
  /** Lines that stand before the reader's first. */
  readonly addedLines: number;
}

/** Knows what a kernel has evaluated. */
export interface CodeFrames {
  /** Returns the file name under which the code is to be evaluated. */
  readonly register: (code: EvaluatedCode) => string;
}

/**
 * Has the stacks of errors name cells and their lines, `at total (cell 7, line 12)`, also where a cell prints them.
 *
 * What lies behind the last frame of a cell belongs to the kernel and is left out. A line that is not known is left out too.
 */
export function nameFrames(): CodeFrames {
  const known = new Map<string, EvaluatedCode>();
  Error.stackTraceLimit = framesToKeep;
  Error.prepareStackTrace = (error, sites) => {
    const frames = sites.map((site) => nameFrame(`    at ${site}`, known));
    const last = frames.map(({ isOurs }) => isOurs).lastIndexOf(true);
    const shown = last < 0 ? frames : frames.slice(0, last + 1);
    return [headline(error), ...shown.map(({ text }) => text)].join("\n");
  };
  return {
    register: (code) => {
      const file = `${code.name.replace(/[()\r\n]/g, " ")}#${known.size + 1}`;
      known.set(file, code);
      return file;
    },
  };
}

/** Enough to come back to the cell out of a library. */
const framesToKeep = 50;

interface Frame {
  readonly text: string;
  readonly isOurs: boolean;
}

const place = /^(\s+at )(async )?(?:(.*?) \()?([^()]*#\d+):(\d+):(\d+)\)?$/;
/** Node names where `eval` was called, but counts its lines differently. */
const placeOfEval =
  /^(\s+at )(async )?(?:(.*?) \()?eval at .*\(([^()]*#\d+):\d+:\d+\), <anonymous>:\d+:\d+\)?$/;

function nameFrame(text: string, known: ReadonlyMap<string, EvaluatedCode>): Frame {
  const [, at = "", async = "", name = "", file = "", line, column] =
    place.exec(text) ?? placeOfEval.exec(text) ?? [];
  const code = known.get(file);
  if (code === undefined) return { text, isOurs: false };
  const found = line && code.findPlace({ line: Number(line) - 1, column: Number(column) - 1 });
  const shown = placeText(code, found ? found.line + 1 - code.addedLines : 0);
  const called = name.replace(/^Object\./, "").replace(/^<anonymous>$/, "");
  return { text: `${at}${async}${called === "" ? shown : `${called} (${shown})`}`, isOurs: true };
}

function placeText({ name, isFile }: EvaluatedCode, line: number): string {
  const shown = isFile ? relative(process.cwd(), name) : name;
  if (line < 1) return shown;
  return isFile ? `${shown}:${line}` : `${shown}, line ${line}`;
}

/** As Node writes it; an error whose name or message cannot be read still has frames. */
function headline(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}
