/** The named keys that are there. */
export function pickKeys<Group extends object, Key extends keyof Group>(
  group: Group,
  keys: readonly Key[],
): { readonly [Name in Key]?: Exclude<Group[Name], undefined> } {
  const entries = keys.flatMap((key) => (group[key] === undefined ? [] : [[key, group[key]] as const]));
  return Object.fromEntries(entries) as { readonly [Name in Key]?: Exclude<Group[Name], undefined> };
}
