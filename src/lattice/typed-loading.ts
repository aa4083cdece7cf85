import { sumOfSquares } from "./exact-inertia.js";
import type { Kernel } from "./kernel.js";

/** What the kernel does with rows before the first pass, in TypeScript. */
export function typedLoading(buffer: SharedArrayBuffer): Pick<Kernel, "enter" | "measure" | "narrow"> {
  const floats = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const integers = new Int32Array(buffer);
  const shorts = new Int16Array(buffer);
  const wide = new BigUint64Array(buffer);
  return {
    enter(source, columnCount, rowCount, rows, rowBytes, scale) {
      let largest = 0;
      for (let i = 0; i < rowCount; i++)
        for (let j = 0; j < columnCount; j++) {
          const value = doubles[source / 8 + i * columnCount + j]! * scale;
          if (value !== Math.floor(value)) largest = Infinity;
          largest = Math.max(largest, Math.abs(value));
          floats[(rows + i * rowBytes) / 4 + j] = value;
        }
      return Number.isNaN(largest) ? Infinity : largest;
    },

    measure(rows, rowBytes, rowCount, weights, totals) {
      const stride = rowBytes / 4;
      const values = floats.subarray(rows / 4, rows / 4 + rowCount * stride);
      const counts = weights === 0 ? undefined : integers.subarray(weights / 4, weights / 4 + rowCount);
      for (let i = 0; i < rowCount; i++) {
        let squared = 0;
        for (let at = i * stride; at < (i + 1) * stride; at++) squared += values[at]! * values[at]!;
        doubles[totals / 8] = Math.max(doubles[totals / 8]!, squared);
      }
      const sum = sumOfSquares(values, rowCount, { stride, weights: counts });
      wide[totals / 8 + 1]! += sum >> 26n;
      wide[totals / 8 + 2]! += sum & 0x3ffffffn;
    },

    narrow(rows, rowBytes, rowCount, narrowRows, narrowRowBytes, scale) {
      for (let i = 0; i < rowCount; i++)
        for (let j = 0; j < rowBytes / 4; j++)
          shorts[(narrowRows + i * narrowRowBytes) / 2 + j] = Math.floor(
            floats[(rows + i * rowBytes) / 4 + j]! * scale + 0.5,
          );
    },
  };
}
