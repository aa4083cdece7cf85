type Parts = unknown[] | Record<string, unknown>;

/**
 * Replaces every word in freshly made objects and arrays by the engine's one copy of it, which words in code are as well;
 * returns the value, changed in place. Typed arrays are left alone. O(size).
 *
 * V8 (seen in 11.3) can take `word === "plain"` for false in code that it compiles beside the running program, where the
 * word was put together at run time (a message to a thread, a parsed file) and has named a property since. It is then
 * about to be replaced by that one copy, and the compiler compares addresses. A word that is the copy cannot be mistaken.
 */
export function internWords<T>(value: T): T {
  const copies = new Map<string, string>();
  const seen = new Set<unknown>();
  const waiting: Parts[] = [];
  function intern(part: unknown): unknown {
    if (typeof part === "string") return internWord(part, copies);
    if (hasParts(part) && !seen.has(part)) {
      seen.add(part);
      waiting.push(part);
    }
    return part;
  }
  const interned = intern(value);
  for (let parts = waiting.pop(); parts !== undefined; parts = waiting.pop()) internParts(parts, intern);
  return interned as T;
}

function hasParts(value: unknown): value is Parts {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}

function internParts(parts: Parts, intern: (part: unknown) => unknown): void {
  if (!Array.isArray(parts)) {
    for (const [name, part] of Object.entries(parts)) parts[name] = intern(part);
    return;
  }
  for (let i = 0; i < parts.length; i++) if (typeof parts[i] !== "number") parts[i] = intern(parts[i]);
}

/** The name of a property is always the one copy, but for whole numbers. */
function internWord(word: string, copies: Map<string, string>): string {
  const known = copies.get(word);
  if (known !== undefined) return known;
  const copy = Object.keys({ [word]: 0 })[0]!;
  copies.set(copy, copy);
  return copy;
}
