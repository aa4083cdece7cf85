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
  const seen = new Set<object>();
  function internWithin(part: unknown): unknown {
    if (typeof part === "string") return internWord(part, copies);
    if (typeof part !== "object" || part === null || ArrayBuffer.isView(part) || seen.has(part)) return part;
    seen.add(part);
    if (Array.isArray(part)) internItems(part, internWithin);
    else internProperties(part as Record<string, unknown>, internWithin);
    return part;
  }
  return internWithin(value) as T;
}

function internItems(items: unknown[], internWithin: (part: unknown) => unknown): void {
  for (let i = 0; i < items.length; i++) if (typeof items[i] !== "number") items[i] = internWithin(items[i]);
}

function internProperties(parts: Record<string, unknown>, internWithin: (part: unknown) => unknown): void {
  for (const [name, part] of Object.entries(parts)) parts[name] = internWithin(part);
}

/** The name of a property is always the one copy, but for whole numbers. */
function internWord(word: string, copies: Map<string, string>): string {
  const known = copies.get(word);
  if (known !== undefined) return known;
  const copy = Object.keys({ [word]: 0 })[0]!;
  copies.set(copy, copy);
  return copy;
}
