export { InputError } from "./core/errors.js";
export { type Matrix, matrixOf } from "./core/matrix.js";
