import { createRequire } from "node:module";
import type { Environment } from "../engine/connection-password.js";
import { missingText, type OnnxInput, onnxInputs } from "./onnx-inputs.js";
import { batchesOf, type NotRun, type TargetColumn, type TargetRun, type TargetTask } from "./target-task.js";

/** What we use of the optional package onnxruntime-node. */
interface OnnxRuntime {
  readonly Tensor: new (
    type: "float64" | "string",
    data: Float64Array | readonly string[],
    shape: readonly number[],
  ) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: { readonly logSeverityLevel: number }): Promise<OnnxSession>;
  };
  readonly env: { readonly versions: Readonly<Record<string, string | undefined>> };
}

interface OnnxTensor {
  readonly data: ArrayLike<string>;
}

interface OnnxSession {
  run(
    feeds: Readonly<Record<string, OnnxTensor>>,
    outputs: readonly string[],
  ): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** Errors only: what the runtime thinks of a model's style goes nowhere. */
const errorsOnly = 3;

/** Runs an ONNX model over the rows of a task in onnxruntime, if the package is installed. */
export async function runInOnnxRuntime(
  model: Uint8Array,
  task: TargetTask,
  environment: Environment,
): Promise<TargetRun | NotRun> {
  const runtime = findRuntime(environment.SEGBOOK_ONNXRUNTIME);
  if (runtime === null)
    return {
      notRun: "the package onnxruntime-node is not installed",
      toRun: "npm install onnxruntime-node, or name its folder in SEGBOOK_ONNXRUNTIME",
    };
  const session = await runtime.InferenceSession.create(model, { logSeverityLevel: errorsOnly });
  const inputs = onnxInputs(task.definition);
  const segments: string[] = [];
  for (const { start, end } of batchesOf(task.expected.length)) {
    const feeds = inputs.map((input, j): [string, OnnxTensor] => [
      input.name,
      tensorOf(runtime, input, task.columns[j]!.slice(start, end)),
    ]);
    const { segment } = await session.run(Object.fromEntries(feeds), ["segment"]);
    segments.push(...Array.from(segment!.data));
  }
  await session.release();
  const { node: engineVersion = "unknown" } = runtime.env.versions;
  return { rowNumbers: segments.map((_, row) => row), segments, engineVersion };
}

/** null where it is not installed; CommonJS, so that a folder can be named. */
function findRuntime(folder: string | undefined): OnnxRuntime | null {
  const load = createRequire(import.meta.url);
  try {
    return load(folder ?? "onnxruntime-node") as OnnxRuntime;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return null;
    throw error;
  }
}

function tensorOf(runtime: OnnxRuntime, { type }: OnnxInput, column: TargetColumn): OnnxTensor {
  const values: readonly (number | string | null)[] = Array.from<number | string | null>(column);
  const shape = [values.length, 1];
  if (type !== "text") return new runtime.Tensor("float64", Float64Array.from(values.map(numberOf)), shape);
  return new runtime.Tensor(
    "string",
    values.map((value) => (value === null ? missingText : String(value))),
    shape,
  );
}

/** A date becomes a number that sorts as its text does. */
function numberOf(value: number | string | null): number {
  if (typeof value === "number") return value;
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Number(value.replaceAll("-", "")) : Number.NaN;
}
