import { inputsOf } from "../segments/definition-inputs.js";
import { onlyText, type Target } from "./target.js";
import type { NotRun, TargetRun, TargetTask } from "./target-task.js";
import { typescriptModule } from "./typescript-module.js";

/** The module, run in this Node. */
export const typescriptTarget: Target = {
  name: "typescript",
  to: "typescript",
  write: (definition) => new Map([["segments.ts", typescriptModule(definition)]]),
  run: (files, task) => runInNode(onlyText(files), task),
};

interface AssigningModule {
  assign(customer: object): { readonly segment: string };
}

async function runInNode(text: string, task: TargetTask): Promise<TargetRun | NotRun> {
  const script = await withoutTypes(text);
  if (script === undefined)
    return {
      notRun: "neither this Node nor a compiler beside it can take types away",
      toRun: "Use Node 22.13 or later, or npm install typescript",
    };
  const { assign } = (await import(
    `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`
  )) as AssigningModule;
  const names = inputsOf(task.definition).map(({ name }) => name);
  const rows = Array.from(task.expected.keys());
  return {
    rowNumbers: rows,
    segments: rows.map((row) => assign(customerAt(task, names, row)).segment),
    engineVersion: `Node ${process.version}`,
  };
}

/** A feature may be called `__proto__`, which an assignment would not make a member. */
function customerAt({ columns }: TargetTask, names: readonly string[], row: number): object {
  return Object.fromEntries(names.map((name, j) => [name, columns[j]![row]]));
}

async function withoutTypes(text: string): Promise<string | undefined> {
  const { stripTypeScriptTypes } = (await import("node:module")) as {
    stripTypeScriptTypes?: (code: string) => string;
  };
  if (stripTypeScriptTypes !== undefined) return stripTypeScriptTypes(text);
  try {
    const { default: typescript } = await import("typescript");
    const options = { target: typescript.ScriptTarget.ES2020, module: typescript.ModuleKind.ESNext };
    return typescript.transpileModule(text, { compilerOptions: options }).outputText;
  } catch {
    return undefined;
  }
}
