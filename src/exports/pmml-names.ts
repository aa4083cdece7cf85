import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import type { Definition } from "../segments/definition.js";
import { inputsOf } from "../segments/definition-inputs.js";
import { isXmlText } from "./xml.js";

/** Names of fields that one model of a PMML document makes, and how it stands in the document. */
export interface PmmlNames {
  /** What the model answers. */
  readonly segment: string;
  readonly affinity: string;
  readonly distance: string;
  /** Whether another model reads the answer, so that nobody else needs more than the segment. */
  readonly isInner: boolean;
  /** Definition id → the field that holds the segment in that nested definition. */
  readonly memberships: ReadonlyMap<string, string>;
  /** A name of the model's own: as given, with underscores behind it until no column of the caller is called so. */
  own(name: string): string;
}

/** A definition and what its model calls its fields. */
export interface NamedDefinition {
  readonly definition: Definition;
  readonly names: PmmlNames;
}

/**
 * A definition after those nested in it, with names that no input bears and no two models share.
 *
 * @throws InputError if an input's name cannot stand in XML, so that no evaluator would find its column.
 */
export function nameModels(definition: Definition): readonly NamedDefinition[] {
  const taken = new Set(inputsOf(definition).map(({ name }) => name));
  const unwritable = [...taken].find((name) => !isXmlText(name));
  if (unwritable !== undefined)
    throw new InputError(
      `definitionPmml: feature names must hold characters that XML 1.0 allows, got ${describeValue(unwritable)}. Rename the column`,
    );
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name);
  const found: NamedDefinition[] = [];
  addModels(definition, { found, free, isInner: false });
  return found;
}

interface ModelsSoFar {
  readonly found: NamedDefinition[];
  readonly free: (name: string) => string;
  readonly isInner: boolean;
}

/** Adds a definition behind those that it needs; returns the name of its answer. */
function addModels(definition: Definition, { found, free, isInner }: ModelsSoFar): string {
  const memberships = new Map(
    definition.nested.map((inner) => [inner.id, addModels(inner, { found, free, isInner: true })]),
  );
  const prefix = isInner ? `nested_${found.length + 1}_` : "";
  const own = (name: string): string => free(`${prefix}${name}`);
  const names: PmmlNames = {
    segment: own("segment"),
    affinity: own("affinity"),
    distance: own("distance"),
    isInner,
    memberships,
    own,
  };
  found.push({ definition, names });
  return names.segment;
}
