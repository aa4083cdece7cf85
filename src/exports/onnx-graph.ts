import {
  bytesField,
  integerField,
  joinBytes,
  messageField,
  type ProtobufField,
  textField,
} from "./protobuf.js";

/** Name of a value that flows through a graph. */
export type OnnxValue = string;

export type OnnxType = "double" | "int64" | "string" | "bool";

/** A constant table of numbers (bool: 0 or 1) or of texts, row by row. */
export interface OnnxConstant {
  readonly type: OnnxType;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

/** Attributes of a node; whole numbers, lists of them, or lists of texts. */
export type OnnxAttributes = Readonly<Record<string, number | readonly number[] | readonly string[]>>;

/** A model under construction. */
export interface OnnxGraph {
  /** Declares a column of the caller, shape (customers, 1). */
  input(name: string, type: OnnxType): OnnxValue;
  constant(constant: OnnxConstant): OnnxValue;
  /** A constant number of type double. */
  double(value: number): OnnxValue;
  /** A constant number of type int64. */
  integer(value: number): OnnxValue;
  /** The first output of a new node. */
  node(operator: string, inputs: readonly OnnxValue[], attributes?: OnnxAttributes): OnnxValue;
  /** All outputs of a new node that has several. */
  nodeOutputs(
    operator: string,
    inputs: readonly OnnxValue[],
    options: { readonly count: number; readonly attributes: OnnxAttributes },
  ): readonly OnnxValue[];
  /** Hands a value of shape (customers, 1) out under a name, as shape (customers). */
  output(name: string, type: OnnxType, value: OnnxValue): void;
  /** The finished model file. */
  bytes(about: OnnxAbout): Uint8Array;
}

/** What a model file says of itself. */
export interface OnnxAbout {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly metadata: ReadonlyMap<string, string>;
}

const elementTypes: Readonly<Record<OnnxType, number>> = { int64: 7, string: 8, bool: 9, double: 11 };

/** The format of the file that came with operator set 17. */
const irVersion = 8;
const operatorSet = 17;
const learningOperatorSet = 3;
const learningDomain = "ai.onnx.ml";
const learningOperators: readonly string[] = ["LabelEncoder"];

/** An empty graph of operator set 17. Field numbers are those of onnx.proto. */
export function openOnnxGraph(): OnnxGraph {
  const fields: ProtobufField[] = [];
  let count = 0;
  const freshName = (): OnnxValue => `segbook_${count++}`;
  const nodeOutputs: OnnxGraph["nodeOutputs"] = (operator, inputs, options) => {
    const outputs = Array.from({ length: options.count }, freshName);
    fields.push(messageField(1, nodeFields(operator, { inputs, outputs, attributes: options.attributes })));
    return outputs;
  };
  const constant: OnnxGraph["constant"] = (table) => {
    const name = freshName();
    fields.push(messageField(5, tensor(name, table)));
    return name;
  };
  return {
    input(name, type) {
      fields.push(messageField(11, valueInfo(name, type, [customersAxis, 1])));
      return name;
    },
    constant,
    double: (value) => constant({ type: "double", shape: [], values: [value] }),
    integer: (value) => constant({ type: "int64", shape: [], values: [value] }),
    node: (operator, inputs, attributes = {}) => nodeOutputs(operator, inputs, { count: 1, attributes })[0]!,
    nodeOutputs,
    output(name, type, value) {
      const inputs = [value, constant({ type: "int64", shape: [1], values: [1] })];
      fields.push(messageField(1, nodeFields("Squeeze", { inputs, outputs: [name], attributes: {} })));
      fields.push(messageField(12, valueInfo(name, type, [customersAxis])));
    },
    bytes: (about) => modelBytes(about, fields),
  };
}

function modelBytes(about: OnnxAbout, graphFields: readonly ProtobufField[]): Uint8Array {
  return joinBytes([
    integerField(1, irVersion),
    textField(2, "segbook"),
    integerField(5, about.version),
    textField(6, about.description),
    messageField(7, [textField(2, about.name), ...graphFields]),
    messageField(8, [textField(1, ""), integerField(2, operatorSet)]),
    messageField(8, [textField(1, learningDomain), integerField(2, learningOperatorSet)]),
    ...[...about.metadata].map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
  ]);
}

interface NodeParts {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly attributes: OnnxAttributes;
}

function nodeFields(operator: string, { inputs, outputs, attributes }: NodeParts): ProtobufField[] {
  return [
    ...inputs.map((input) => textField(1, input)),
    ...outputs.map((output) => textField(2, output)),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => messageField(5, attributeFields(name, value))),
    ...(learningOperators.includes(operator) ? [textField(7, learningDomain)] : []),
  ];
}

function attributeFields(name: string, value: OnnxAttributes[string]): ProtobufField[] {
  const named = textField(1, name);
  if (typeof value === "number") return [named, integerField(3, value), integerField(20, 2)];
  const items = value.map((item) => (typeof item === "number" ? integerField(8, item) : textField(9, item)));
  return [named, ...items, integerField(20, typeof value[0] === "string" ? 8 : 7)];
}

const customersAxis = "customers";

function valueInfo(name: string, type: OnnxType, shape: readonly (number | string)[]): ProtobufField[] {
  const axes = shape.map((size) =>
    messageField(1, [typeof size === "number" ? integerField(1, size) : textField(2, size)]),
  );
  const tensorType = messageField(1, [integerField(1, elementTypes[type]), messageField(2, axes)]);
  return [textField(1, name), messageField(2, [tensorType])];
}

function tensor(name: string, { type, shape, values }: OnnxConstant): ProtobufField[] {
  const head = [...shape.map((size) => integerField(1, size)), integerField(2, elementTypes[type])];
  const texts = values.filter((value) => typeof value === "string");
  if (type === "string") return [...head, ...texts.map((text) => textField(6, text)), textField(8, name)];
  return [...head, textField(8, name), bytesField(9, numberBytes(type, values as readonly number[]))];
}

function numberBytes(type: OnnxType, values: readonly number[]): Uint8Array {
  if (type === "bool") return Uint8Array.from(values);
  const view = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, i) => {
    if (type === "double") view.setFloat64(i * 8, value, true);
    else view.setBigInt64(i * 8, BigInt(value), true);
  });
  return new Uint8Array(view.buffer);
}
