import type { Command } from "./command.js";

/** Every command, in the order of the help page. */
export const commands: readonly Command[] = [];

/** Names that are agreed but come with a later version: refused with a sentence, never half done. */
export const notBuiltYet: readonly string[] = ["refresh", "compare", "init", "lab"];
