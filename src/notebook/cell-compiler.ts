import { parse } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { CompletionInfo } from "tslab/dist/converter.js";
import { type PreparedCell, prepareCell } from "./cell-source.js";
import type { CellDiagnostic } from "./describe-diagnostics.js";
import { loadConverter, loadTypeScript } from "./load-typescript.js";
import { runtimeTypesFile } from "./runtime-types.js";

/** What compiling a cell came to. Without `output` there is nothing to run: the cell only declares types, or nothing. */
export interface CompiledCell {
  readonly diagnostics: readonly CellDiagnostic[];
  /** An ES module that ends with its source map. */
  readonly output?: string;
  /** The types of every variable after the cell. */
  readonly declarations: string;
  /** The variable that holds the value of the last expression. */
  readonly lastValue?: string;
}

/** A local file that cells import, compiled; `file` is where Node would look for it. */
export interface CompiledModule {
  readonly file: string;
  readonly source: string;
  readonly output: string;
}

/** tslab's compiler of cells. */
export interface CellCompiler {
  /** Compiles a cell after cells with these declarations. */
  readonly compile: (declarations: string, code: string) => CompiledCell;
  /** Local files compiled since the last call. */
  readonly takeModules: () => CompiledModule[];
  readonly inspect: (
    declarations: string,
    code: string,
    position: number,
  ) => TypeScript.QuickInfo | undefined;
  readonly complete: (declarations: string, code: string, position: number) => CompletionInfo;
}

/** tslab puts a line before every cell. */
export const cellPrefixLines = 1;

const cellName = "__tslab__";
const outFolder = "outDir";
const awaitOutsideFunction = 1308;

/** A compiler of cells for the folder of this process; making it reads the type libraries, which takes most of a second. */
export function createCellCompiler(): CellCompiler {
  const ts = loadTypeScript();
  const root = parse(process.cwd()).root;
  let modules: CompiledModule[] = [];
  let diagnostics: PlacedDiagnostic[] = [];

  const createWatchCompilerHost = (
    files: string[],
    options: TypeScript.CompilerOptions,
    system: TypeScript.System,
    _create: unknown,
    ...reports: [TypeScript.DiagnosticReporter, TypeScript.WatchStatusReporter]
  ): unknown => {
    const ours = {
      ...options,
      lib: ["lib.es2023.d.ts", runtimeTypesFile],
      checkJs: false,
      inlineSourceMap: true,
      rootDir: root,
    };
    return ts.createWatchCompilerHost(files, ours, withTwoTimers(system), createProgram, ...reports);
  };
  const createProgram: TypeScript.CreateProgram<TypeScript.EmitAndSemanticDiagnosticsBuilderProgram> = (
    ...made
  ) => {
    const builder = ts.createEmitAndSemanticDiagnosticsBuilderProgram(...made);
    const emit = builder.emit;
    builder.emit = (file, write, ...rest) => {
      const keep: TypeScript.WriteFileCallback = (name, text, ...others) => {
        if (file === undefined || isCell(file))
          write?.(name.replace(/^.*(?=\/__tslab__)/, outFolder), text, ...others);
        else if (/\.[cm]?js$/.test(name))
          modules.push({
            file: root + name.slice(outFolder.length + 1),
            source: file.fileName,
            output: text,
          });
      };
      return emit(file, keep, ...rest);
    };
    return builder;
  };
  /** tslab drops complaints about files outside its folder; it refuses the cell when it gets any. */
  const getPreEmitDiagnosticsOfFiles = (
    program: TypeScript.Program,
    files: readonly TypeScript.SourceFile[],
  ): TypeScript.Diagnostic[] => {
    const all = diagnosticsOf(ts, program, files);
    const cell = files.find(isCell);
    diagnostics = all.filter(
      (one) => one.file !== cell || one.code !== awaitOutsideFunction || !isAtTop(ts, one),
    );
    return diagnostics.slice(0, 1).map((one) => ({ ...one, file: cell, code: 0, start: 0, length: 0 }));
  };
  const converter = loadConverter({
    createWatchCompilerHost,
    getPreEmitDiagnosticsOfFiles,
    transpileModule: (text: string) => ({ outputText: text }),
  }).createConverter({});

  return {
    compile: (declarations, code) => {
      diagnostics = [];
      const prepared = prepareCell(code);
      const { output, declOutput, lastExpressionVar } = converter.convert(declarations, prepared.code);
      return {
        diagnostics: diagnostics.map((one) => describe(one, code, prepared)),
        declarations: declOutput ?? "",
        ...(output === undefined ? {} : { output }),
        ...(lastExpressionVar === undefined ? {} : { lastValue: lastExpressionVar }),
      };
    },
    takeModules: () => {
      const taken = modules;
      modules = [];
      return taken;
    },
    inspect: (declarations, code, position) => converter.inspect(declarations, code, position),
    complete: (declarations, code, position) => converter.complete(declarations, code, position),
  };
}

function isCell(file: TypeScript.SourceFile): boolean {
  return parse(file.fileName).name === cellName;
}

function isAtTop(ts: typeof TypeScript, { file, start }: PlacedDiagnostic): boolean {
  const { findPrecedingToken } = ts as unknown as {
    readonly findPrecedingToken: (
      position: number,
      file: TypeScript.SourceFile,
    ) => TypeScript.Node | undefined;
  };
  for (let node = findPrecedingToken(start + 1, file); node !== undefined; node = node.parent)
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  return true;
}

/** tslab knows one timer, the compiler has a second one for files that it did not find before; what that does is done at once. */
function withTwoTimers(system: TypeScript.System): TypeScript.System {
  const setTimeout: TypeScript.System["setTimeout"] = (callback, ...rest) =>
    callback.name === "invalidateResolutionsOfFailedLookup"
      ? callback()
      : system.setTimeout?.(callback, ...rest);
  return Object.assign(Object.create(system), { setTimeout });
}

type PlacedDiagnostic = TypeScript.Diagnostic & {
  readonly file: TypeScript.SourceFile;
  readonly start: number;
  readonly length: number;
};

function diagnosticsOf(
  ts: typeof TypeScript,
  program: TypeScript.Program,
  files: readonly TypeScript.SourceFile[],
): PlacedDiagnostic[] {
  const { getPreEmitDiagnosticsOfFiles } = ts as unknown as {
    readonly getPreEmitDiagnosticsOfFiles: (
      program: TypeScript.Program,
      files: readonly TypeScript.SourceFile[],
    ) => readonly TypeScript.Diagnostic[];
  };
  return getPreEmitDiagnosticsOfFiles(program, files).filter(
    (one): one is PlacedDiagnostic => one.file !== undefined,
  );
}

/** A complaint in terms of what the reader wrote: without tslab's first line and what was written into the cell. */
function describe(
  { file, start, length, code, messageText }: PlacedDiagnostic,
  cell: string,
  { toCell }: PreparedCell,
): CellDiagnostic {
  if (!isCell(file))
    return { file: file.fileName, text: file.text, start, length, code, message: messageText };
  const added = file.text.indexOf("\n") + 1;
  const from = Math.min(cell.length, toCell(start - added));
  const to = Math.min(cell.length, toCell(start + length - added));
  return { file: undefined, text: cell, start: from, length: to - from, code, message: messageText };
}
