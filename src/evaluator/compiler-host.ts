import { parse } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { runtimeTypesFile } from "./runtime-types.js";

/** A local file that cells import, compiled; `file` is where Node would look for it. */
export interface CompiledModule {
  readonly file: string;
  readonly source: string;
  readonly output: string;
}

type CreateProgram = TypeScript.CreateProgram<TypeScript.EmitAndSemanticDiagnosticsBuilderProgram>;
type Reports = [TypeScript.DiagnosticReporter, TypeScript.WatchStatusReporter];

const cellName = "__tslab__";
const outFolder = "outDir";

/** True of the file that stands for the cell. */
export function isCell(file: TypeScript.SourceFile): boolean {
  return parse(file.fileName).name === cellName;
}

/**
 * A `createWatchCompilerHost` for tslab that writes source maps, knows the running Node, takes files from everywhere, and hands
 * compiled local files to `keep`.
 */
export function createCompilerHost(keep: (module: CompiledModule) => void): unknown {
  const ts = loadTypeScript();
  const root = parse(process.cwd()).root;
  const ours = {
    lib: ["lib.es2023.d.ts", runtimeTypesFile],
    checkJs: false,
    inlineSourceMap: true,
    rootDir: root,
  };
  const write = (name: string, source: string, output: string): void => {
    if (/\.[cm]?js$/.test(name)) keep({ file: root + name.slice(outFolder.length + 1), source, output });
  };
  const createProgram: CreateProgram = (...made) => {
    const builder = ts.createEmitAndSemanticDiagnosticsBuilderProgram(...made);
    const { emit } = builder;
    builder.emit = (file, writeCell, ...rest) => {
      const writeFile: TypeScript.WriteFileCallback = (name, text, ...others) => {
        if (file === undefined || isCell(file)) writeCell?.(cellOutput(name), text, ...others);
        else write(name, file.fileName, text);
      };
      return emit(file, writeFile, ...rest);
    };
    return builder;
  };
  return (
    files: string[],
    options: TypeScript.CompilerOptions,
    system: TypeScript.System,
    _create: unknown,
    ...reports: Reports
  ) =>
    ts.createWatchCompilerHost(
      files,
      { ...options, ...ours },
      withTwoTimers(system),
      createProgram,
      ...reports,
    );
}

/** Where tslab looks for what becomes of a cell, wherever its folder is. */
function cellOutput(name: string): string {
  return `${outFolder}/${parse(name).base}`;
}

/** tslab knows one timer, the compiler has a second one for files that it did not find before; what that does is done at once. */
function withTwoTimers(system: TypeScript.System): TypeScript.System {
  const setTimeout: TypeScript.System["setTimeout"] = (callback, ...rest) =>
    callback.name === "invalidateResolutionsOfFailedLookup"
      ? callback()
      : system.setTimeout?.(callback, ...rest);
  return Object.assign(Object.create(system), { setTimeout });
}
