import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

import type { CodeFrames } from "./code-frames.js";
import type { CompiledModule } from "./compiler-host.js";
import { functionOfCode } from "./function-of-code.js";
import { linkCode, readCompiled } from "./link-code.js";

/** Loads what cells import: packages as Node does, local TypeScript as the compiler made it. */
export interface LocalModules {
  /** `require` for code in the folder of this process. */
  readonly require: NodeJS.Require;
  readonly add: (modules: readonly CompiledModule[]) => void;
  /** Forgets files that were edited, and what imports them; the next import evaluates them anew. */
  readonly forget: (files: readonly string[]) => void;
}

interface Loaded {
  readonly module: { exports: unknown };
  readonly importers: Set<string>;
}

const requireHere = createRequire(import.meta.url);

/** Modules of the kernel's folder. */
export function createLocalModules(frames: CodeFrames): LocalModules {
  const compiled = new Map<string, CompiledModule>();
  const loaded = new Map<string, Loaded>();

  function requireFrom(importer: string): NodeJS.Require {
    const nodeRequire = createRequire(importer);
    const requireFor = (id: string): unknown => {
      if (id === "tslab") return requireHere("tslab");
      const file =
        /^\.{0,2}\//.test(id) || id === "." || id === ".." ? find(resolve(dirname(importer), id)) : undefined;
      return file === undefined ? nodeRequire(id) : load(file, importer);
    };
    return Object.assign(requireFor, {
      resolve: nodeRequire.resolve,
      cache: nodeRequire.cache,
      extensions: nodeRequire.extensions,
      main: undefined,
    });
  }

  function find(path: string): string | undefined {
    const files = [path, ...[".js", ".mjs", ".cjs"].map((end) => path + end), join(path, "index.js")];
    return files.find((file) => compiled.has(file));
  }

  /** Known before it is evaluated, so that files may import each other. */
  function load(file: string, importer: string): unknown {
    const before = loaded.get(file);
    if (before !== undefined) {
      before.importers.add(importer);
      return before.module.exports;
    }
    const { source, output } = compiled.get(file)!;
    const { code, findPlace } = linkCode(readCompiled(output));
    const module = { exports: {} as unknown };
    loaded.set(file, { module, importers: new Set([importer]) });
    const filename = frames.register({ name: source, isFile: true, findPlace, addedLines: 0 });
    try {
      const evaluate = functionOfCode(code, ["module", "exports", "require", "__filename", "__dirname"], {
        filename,
      });
      evaluate(module, module.exports, requireFrom(file), source, dirname(source));
    } catch (error) {
      loaded.delete(file);
      throw error;
    }
    return module.exports;
  }

  function forgetLoaded(file: string): void {
    const record = loaded.get(file);
    loaded.delete(file);
    for (const importer of record?.importers ?? []) forgetLoaded(importer);
  }

  return {
    require: requireFrom(join(process.cwd(), "cell.js")),
    add: (modules) => {
      for (const module of modules) compiled.set(module.file, module);
    },
    forget: (files) => {
      const edited = new Set(files);
      for (const file of files) delete requireHere.cache[file];
      for (const { file, source } of compiled.values()) if (edited.has(source)) forgetLoaded(file);
    },
  };
}
