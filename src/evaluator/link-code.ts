import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../notebook/load-typescript.js";
import { composeFinders, type PlaceFinder, readMappings } from "./source-map.js";

/** Code that can be evaluated as the body of a function of `exports` and `require`. */
export interface LinkedCode {
  readonly code: string;
  /** From a place in the code to a place in what the compiler read; read only when it is asked. */
  readonly findPlace: PlaceFinder;
}

/** What the compiler made of a file: an ES module, and the mappings from there to the file. */
export interface CompiledText {
  readonly text: string;
  readonly findPlace: PlaceFinder;
}

const mapComment = "\n//# sourceMappingURL=data:application/json;base64,";

/** Takes the source map off the end of what the compiler made of a file. */
export function readCompiled(compiled: string): CompiledText {
  const end = compiled.lastIndexOf(mapComment);
  const map = (): string => Buffer.from(compiled.slice(end + mapComment.length), "base64").toString();
  return { text: compiled.slice(0, end), findPlace: findLater(map) };
}

/** Turns the imports and exports of an ES module into uses of `require` and `exports`. */
export function linkCode(
  { text, findPlace }: CompiledText,
  after: TypeScript.TransformerFactory<TypeScript.SourceFile>[] = [],
): LinkedCode {
  const ts = loadTypeScript();
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: "cell.js",
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      target: ts.ScriptTarget.ES2022,
      newLine: ts.NewLineKind.LineFeed,
      noImplicitUseStrict: true,
      sourceMap: true,
    },
    transformers: { after },
  });
  return {
    code: outputText.slice(0, outputText.lastIndexOf("//# sourceMappingURL=")),
    findPlace: composeFinders(
      findLater(() => sourceMapText ?? "{}"),
      findPlace,
    ),
  };
}

/** A map is read when something was thrown, which is seldom. */
function findLater(readMap: () => string): PlaceFinder {
  let finder: PlaceFinder | undefined;
  return (place) => {
    finder ??= readMappings((JSON.parse(readMap()) as { mappings?: string }).mappings ?? "");
    return finder(place);
  };
}
