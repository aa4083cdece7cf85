import { setFlagsFromString } from "node:v8";

setFlagsFromString("--allow-natives-syntax");

/** Whether a word is the engine's one copy of it: only the engine knows. */
export const isInterned = new Function("word", "return %IsInternalizedString(word)") as (
  word: unknown,
) => boolean;

setFlagsFromString("--no-allow-natives-syntax");
