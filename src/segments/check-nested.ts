import { describeValue } from "../core/check.js";
import { leavesOf } from "./condition-leaves.js";
import type { Definition } from "./definition.js";
import { inputsOf } from "./definition-inputs.js";
import { fingerprintOf } from "./fingerprint.js";

/** Definitions within definitions, at most: "Champions of the eco-minded of the loyal" is three. */
export const deepestNesting = 8;

/**
 * What is wrong with how definitions are put into one another, as the end of a message; undefined if nothing.
 *
 * Each has its own fingerprint, none holds itself, each is referred to, and all read the same columns in the same way.
 */
export function nestingFault(definition: Definition, around: readonly string[] = []): string | undefined {
  const { id, model, nested } = definition;
  if (nested.length === 0) return undefined;
  if (model.kind !== "rules") return `nested must be empty beside ${model.kind}, got ${nested.length}`;
  const ids = nested.map((inner) => inner.id);
  const twice = ids.find((one, i) => ids.indexOf(one) !== i);
  if (twice !== undefined) return `nested must have different ids, got ${describeValue(twice)} twice`;
  const used = new Set(
    model.rules.flatMap(({ when }) => leavesOf(when).flatMap((leaf) => ("of" in leaf ? [leaf.of] : []))),
  );
  const circle = ids.findIndex((one) => [...around, id].includes(one));
  if (circle >= 0)
    return `nested.${circle} must not hold a definition that it is part of, got ${describeValue(ids[circle])} within itself`;
  const idle = ids.findIndex((one) => !used.has(one));
  if (idle >= 0)
    return `nested.${idle} must be referred to by a rule, got no rule with of ${describeValue(ids[idle])}`;
  const changed = nested.findIndex((inner) => fingerprintOf(inner) !== inner.fingerprint);
  if (changed >= 0)
    return `nested.${changed}.fingerprint must be that of its content, got ${describeValue(nested[changed]!.fingerprint.slice(0, 12))}…. It was changed after it was written`;
  for (const [i, inner] of nested.entries()) {
    const fault = nestingFault(inner, [...around, id]);
    if (fault !== undefined) return `nested.${i}.${fault}`;
  }
  return typeFault(definition);
}

function typeFault(definition: Definition): string | undefined {
  const own = new Map(
    definition.features.map(({ name, type }) => [name, type === "category" ? "text" : type]),
  );
  for (const [i, inner] of definition.nested.entries())
    for (const { name, type } of inputsOf(inner)) {
      const known = own.get(name) ?? type;
      if (known !== type)
        return `nested.${i} must read ${describeValue(name)} as the definitions around and before it do (${known}), got ${type}`;
      own.set(name, type);
    }
  return own.has(definition.keyName)
    ? `keyName must not be the name of a feature, got ${describeValue(definition.keyName)}`
    : undefined;
}
