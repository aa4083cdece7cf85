import type { ParameterType, ParameterValue } from "./parameter-type.js";

/** A parameter that a notebook declares in its cell tagged `parameters`. */
export interface Parameter {
  readonly name: string;
  readonly keyword: "const" | "let" | "var";
  readonly type: ParameterType;
  /** The annotation as it is written; without one, the type of the default. */
  readonly typeText: string;
  /** Of a required parameter a mere placeholder. */
  readonly defaultValue: ParameterValue;
  /** From the comments, such as `days` in `// days, 1 to 365; how far back`; empty if there is none. */
  readonly unit: string;
  /** Smallest and largest number, from the comments; infinite where the side is open. */
  readonly range?: readonly [number, number];
  /** Only whole numbers are taken. */
  readonly isWhole: boolean;
  /** The only values that are taken. */
  readonly choices?: readonly ParameterValue[];
  readonly isRequired: boolean;
  /** Environment variable from which a secret is read; absent: no secret. */
  readonly secretFrom?: string;
  readonly meaning: string;
}

/** Refuses what stands at the declaration. Throws. */
export type RefuseDeclaration = (requirement: string, got: string, hint?: string) => never;
