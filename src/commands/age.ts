import { resolve } from "node:path";
import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import { InputError } from "../core/errors.js";
import { readDefinition } from "../segments/read-definition.js";
import { ageText, definitionAge } from "../segments/staleness.js";
import type { Command } from "./command.js";

/** `segbook age`: how old a definition is on a day, with an exit code for schedulers. */
export const age: Command = {
  name: "age",
  usage: "segbook age --definition D.json --as-of DATE",
  example: 'segbook age --definition definition.json --as-of "$(date +%F)"',
  options: {
    definition: { type: "string", help: "the definition file" },
    "as-of": { type: "string", help: "the day on which it is to be used, YYYY-MM-DD" },
  },
  positionals: [0, 0],
  async run(input, { folder }) {
    const definition = readDefinition(resolve(folder, input.required("definition")));
    const asOf = input.required("as-of");
    if (dayNumber(asOf) === undefined)
      throw new InputError(`segbook age: --as-of must be a day, YYYY-MM-DD, got ${describeValue(asOf)}`);
    const found = definitionAge(definition, asOf);
    const { id, version, fingerprint } = definition;
    return {
      document: { definition: { id, version, fingerprint }, ...found },
      text: `${id}, version ${version}: ${ageText(found)}`,
      exitCode: found.isStale ? 1 : 0,
      ...(found.isStale && {
        failure: `segbook age: the definition has been stale for ${daysText(found.days - found.limit)}. Refresh it: segbook refresh --as-of ${found.asOf}`,
      }),
    };
  },
};

function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
