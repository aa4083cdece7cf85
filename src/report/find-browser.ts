import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { InputError } from "../core/errors.js";

/** Browsers that draw and print without a window, in the order they are tried. */
const names: readonly string[] = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
];

/** Where systems keep browsers that are on no path. */
const places: readonly string[] = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * A Chromium, Chrome or Edge of this machine: the one that `SEGBOOK_CHROMIUM` or `CHROMIUM` names, else the first on the path.
 *
 * @returns Undefined if there is none.
 * @throws InputError if a variable names a file that cannot be run.
 */
export function findBrowser(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const variable of ["SEGBOOK_CHROMIUM", "CHROMIUM"]) {
    const named = environment[variable];
    if (!named) continue;
    if (isProgram(named)) return named;
    throw new InputError(`findBrowser: ${variable} must name a browser, got ${JSON.stringify(named)}`);
  }
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...found, ...places].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
