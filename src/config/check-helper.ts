import { describeValue } from "../core/check.js";
import type { SourceCheck } from "./check-feature-names.js";
import type { WrittenWorkbook } from "./complete-workbook.js";
import { refuse } from "./refuse.js";
import type { SourceKind } from "./workbook-config.js";

/**
 * Throws unless a source that another one names is there and of the right kind.
 *
 * @throws InputError with key path and place.
 */
export function checkHelper(
  kind: SourceKind,
  name: string,
  sources: WrittenWorkbook["sources"],
  { path, document }: Pick<SourceCheck, "path" | "document">,
): void {
  const got = Object.hasOwn(sources, name)
    ? `${describeValue(name)} of kind ${sources[name]!.kind}`
    : describeValue(name);
  if (!Object.hasOwn(sources, name) || sources[name]!.kind !== kind)
    refuse(document, path, { must: `name a source of kind ${kind}`, got });
}
