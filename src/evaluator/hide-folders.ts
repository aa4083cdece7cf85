import { homedir } from "node:os";
import { dirname, sep } from "node:path";
import { packageFile } from "../core/package-root.js";

/**
 * A text without the folders of this machine: files in the folder of this process go by their path from there, files of
 * segbook by their path in it, others in the user's folder begin with `~`.
 */
export function hideFolders(text: string): string {
  const withoutRequires = text.replace(/\nRequire stack:[\s\S]*$/, "");
  return replacements().reduce(
    (shown, [folder, replacement]) => shown.replace(prefixOf(folder), replacement),
    withoutRequires,
  );
}

/** Longer folders come first. */
function replacements(): (readonly [string, string])[] {
  const home = homedir();
  const folders: [string, string][] = [];
  let up = "";
  for (let folder = process.cwd(); folder !== dirname(folder) && folder !== home; folder = dirname(folder)) {
    folders.push([folder, up]);
    up += `..${sep}`;
  }
  folders.push([packageFile("").replace(/[\\/]$/, ""), ""]);
  if (home !== dirname(home)) folders.push([home, `~${sep}`]);
  return folders.sort(([a], [b]) => b.length - a.length);
}

/** Only where the path begins there: not in the middle of an address or of a longer path. */
function prefixOf(folder: string): RegExp {
  const path = `${folder}${sep}`.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`(?:file://|(?<![\\p{L}\\p{N}_.~/-]))${path}`, "gu");
}
