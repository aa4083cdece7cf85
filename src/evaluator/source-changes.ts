import { statSync } from "node:fs";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";

/** Looks which local source files were edited. */
export interface SourceChanges {
  /** Tells the compiler of every file that changed since the last call, and returns their paths. */
  readonly notice: () => string[];
  /** Lets the compiler look again for files that it did not find. */
  readonly lookAgain: () => void;
}

interface Watched {
  readonly callback: TypeScript.FileWatcherCallback;
  stamp: string;
}

/**
 * Has the compiler of this process told of edits when a cell is about to run, not in between; call it before a converter is made.
 *
 * Packages and declaration files are read once: one that is installed or rebuilt while a kernel runs would no longer be what
 * earlier cells have loaded.
 */
export function watchSources(): SourceChanges {
  const { sys, FileWatcherEventKind } = loadTypeScript();
  const files = new Map<string, Watched>();
  const folders = new Map<string, TypeScript.DirectoryWatcherCallback>();
  sys.watchFile = (path, callback) => {
    if (isLocalSource(path)) files.set(path, { callback, stamp: stampOf(path) });
    return { close: () => files.delete(path) };
  };
  sys.watchDirectory = (path, callback) => {
    if (!path.includes("node_modules")) folders.set(path, callback);
    return { close: () => folders.delete(path) };
  };
  return {
    notice: () => {
      const changed = [...files].filter(([path, { stamp }]) => stampOf(path) !== stamp);
      for (const [path, watched] of changed) {
        watched.stamp = stampOf(path);
        watched.callback(path, FileWatcherEventKind.Changed);
      }
      return changed.map(([path]) => path);
    },
    lookAgain: () => {
      for (const [path, callback] of [...folders]) callback(path);
    },
  };
}

function isLocalSource(path: string): boolean {
  return /\.([cm]?[jt]sx?|json)$/.test(path) && !/\.d\.[cm]?ts$|[\\/]node_modules[\\/]/.test(path);
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "" : `${found.mtimeMs} ${found.size}`;
}
