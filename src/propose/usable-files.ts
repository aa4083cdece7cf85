import { overlapOf } from "./find-keys.js";
import type { Understood } from "./understand-files.js";

/** In which the sources stand in the workbook. */
const order: readonly string[] = [
  "customers",
  "transactions",
  "subscriptions",
  "survey",
  "web",
  "social",
  "campaigns",
  "support",
];

/** The files whose rows find their customer, in the order in which they stand in the workbook. */
export function usableFiles(all: readonly Understood[]): readonly Understood[] {
  return all.filter((one) => isUsable(one, all)).sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ file }: Understood): number {
  return order.indexOf(file.kind);
}

/**
 * Rows find their customer by a key; a file of one row a customer does without where no file has one. A list of customers whom no
 * other file knows, while the others know each other, is a list of something else.
 */
function isUsable(one: Understood, all: readonly Understood[]): boolean {
  const keyed = all.filter(({ key }) => key.column !== undefined);
  if (one.key.column === undefined) {
    const couldStandAlone = ({ file }: Understood) => ["customers", "survey", "social"].includes(file.kind);
    return keyed.length === 0 && all.find(couldStandAlone) === one;
  }
  const others = keyed.filter((other) => other !== one);
  const isKnown = (a: Understood, b: Understood) => a !== b && overlapOf(a.key.column!, b.key.column!) > 0;
  const doOthersJoin = others.some((a) => others.some((b) => isKnown(a, b)));
  return one.file.kind !== "customers" || !doOthersJoin || others.some((other) => isKnown(one, other));
}
