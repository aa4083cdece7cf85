/** A group of keys as a Map: keys are the user's words and may be `__proto__`. */
export function mapOf<Value>(group: Readonly<Record<string, Value>> | undefined): ReadonlyMap<string, Value> {
  return new Map(Object.entries(group ?? {}));
}
