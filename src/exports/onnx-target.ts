import { definitionOnnx } from "./definition-onnx.js";
import { runInOnnxRuntime } from "./run-in-onnxruntime.js";
import type { Target } from "./target.js";

/** An ONNX model, run in onnxruntime. */
export const onnxTarget: Target = {
  name: "onnx",
  to: "onnx",
  write: (definition) => new Map([["segments.onnx", definitionOnnx(definition)]]),
  run(files, task, { environment }) {
    const [model] = files.values();
    return runInOnnxRuntime(model as Uint8Array, task, environment);
  },
};
