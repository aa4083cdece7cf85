import { describeValue } from "../core/check.js";
import type { WrittenSource } from "./complete-source.js";
import { refuse } from "./refuse.js";
import { itemColumn } from "./scale-item.js";
import type { SourceKind } from "./workbook-config.js";
import type { KeyPath, WorkbookDocument } from "./workbook-document.js";

/** One source under check: what is written, where, and in which file. */
export interface SourceCheck {
  readonly source: WrittenSource;
  readonly path: KeyPath;
  readonly document: WorkbookDocument;
}

/** A feature that an earlier source gives. */
export interface NamedFeature {
  readonly kind: SourceKind;
  /** What must be the same in another source of the kind, whose rows are put together with these. */
  readonly meaning: string;
}

/**
 * Checks the attributes and scales of a source: unique names, levels and ranges that fit the type, items named once. Another
 * source of the same kind may give the same feature again.
 *
 * @param taken - Names of earlier sources, in small letters; grows.
 * @throws InputError with key path and place.
 */
export function checkFeatureNames(check: SourceCheck, taken: Map<string, NamedFeature>): void {
  const { source, path, document } = check;
  for (const [name, attribute] of Object.entries(source.attributes ?? {})) {
    const at = [...path, "attributes", name];
    const { type, levels = [], unit = "" } = attribute;
    claimFeature(name, taken, { check, at, meaning: JSON.stringify([type, levels, unit]) });
    checkAttribute(attribute, at, document);
  }
  const items = new Set<string>();
  for (const [name, { items: written, range }] of Object.entries(source.scales ?? {})) {
    const at = [...path, "scales", name];
    claimFeature(name, taken, { check, at, meaning: JSON.stringify([written, range]) });
    checkRange(range, [...at, "range"], document);
    written.forEach((item, i) => {
      const must = "be an answer column that stands in one scale only";
      claim(itemColumn(item), items, { must, path: [...at, "items", i], document });
    });
  }
}

function checkAttribute(
  { type, levels, range }: NonNullable<WrittenSource["attributes"]>[string],
  path: KeyPath,
  document: WorkbookDocument,
): void {
  if (levels !== undefined && type !== "category")
    refuse(document, [...path, "levels"], {
      must: "stand at an attribute of type category",
      got: `type ${type}`,
    });
  if (range === undefined) return;
  if (type !== "number")
    refuse(document, [...path, "range"], {
      must: "stand at an attribute of type number",
      got: `type ${type}`,
    });
  checkRange(range, [...path, "range"], document);
}

function checkRange(range: readonly [number, number], path: KeyPath, document: WorkbookDocument): void {
  if (range[0] >= range[1])
    refuse(document, path, { must: "go from low to high", got: `[${range.join(", ")}]` });
}

function claimFeature(
  name: string,
  taken: Map<string, NamedFeature>,
  { check, at, meaning }: { readonly check: SourceCheck; readonly at: KeyPath; readonly meaning: string },
): void {
  const { source, document } = check;
  const earlier = taken.get(name.toLowerCase());
  if (earlier?.kind === source.kind && !isOwn(name, source)) {
    if (earlier.meaning === meaning) return;
    refuse(document, at, {
      must: `say the same as in the other source of kind ${source.kind}`,
      got: describeValue(name),
      hint: ". Their rows are put together",
    });
  }
  claim(name, new Set(taken.keys()), { must: "have a name of its own", path: at, document });
  taken.set(name.toLowerCase(), { kind: source.kind, meaning });
}

/** Whether two names of one source differ by letter case only. */
function isOwn(name: string, { attributes = {}, scales = {} }: WrittenSource): boolean {
  const names = [...Object.keys(attributes), ...Object.keys(scales)];
  return names.filter((other) => other.toLowerCase() === name.toLowerCase()).length > 1;
}

/** Names become columns of a database table, where letter case does not tell them apart and customer_id is the key. */
function claim(
  name: string,
  taken: Set<string>,
  at: { readonly must: string; readonly path: KeyPath; readonly document: WorkbookDocument },
): void {
  const plain = name.toLowerCase();
  if (plain === "customer_id" || taken.has(plain))
    refuse(at.document, at.path, {
      must: at.must,
      got: `${describeValue(name)}, which is ${taken.has(plain) ? "taken" : "the key"}`,
    });
  taken.add(plain);
}
