import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { CompletionInfo } from "tslab/dist/converter.js";
import { loadConverter } from "../notebook/load-typescript.js";
import { createDiagnosticsFinder, type PlacedDiagnostic, placeInCell } from "./cell-diagnostics.js";
import { prepareCell } from "./cell-source.js";
import { type CompiledModule, createCompilerHost } from "./compiler-host.js";
import type { CellDiagnostic } from "./describe-diagnostics.js";

/** What compiling a cell came to. */
export interface CompiledCell {
  readonly diagnostics: readonly CellDiagnostic[];
  /** An ES module that ends with its source map. */
  readonly output: string;
  /** The types of every variable after the cell. */
  readonly declarations: string;
  /** The variable that holds the value of the last expression. */
  readonly lastValue?: string;
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

/** A compiler of cells for the folder of this process; making it reads the type libraries, which takes most of a second. */
export function createCellCompiler(): CellCompiler {
  let modules: CompiledModule[] = [];
  let diagnostics: readonly PlacedDiagnostic[] = [];
  const converter = loadConverter({
    createWatchCompilerHost: createCompilerHost((module) => modules.push(module)),
    getPreEmitDiagnosticsOfFiles: createDiagnosticsFinder((found) => {
      diagnostics = found;
    }),
    // What tslab would do next to the code is done by linkCell.
    transpileModule: (text: string) => ({ outputText: text }),
  }).createConverter({});

  return {
    compile: (declarations, code) => {
      diagnostics = [];
      const prepared = prepareCell(code);
      const { output, declOutput, lastExpressionVar } = converter.convert(declarations, prepared.code);
      return {
        diagnostics: diagnostics.map((one) => placeInCell(one, code, prepared)),
        declarations: declOutput ?? "",
        output: output ?? "",
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
