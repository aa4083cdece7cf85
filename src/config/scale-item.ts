/** Whether an item of a scale counts the other way round (low + high − answer): `-tired`. */
export function isReversed(item: string): boolean {
  return item.startsWith("-");
}

/** The answer column of an item: `tired` of `tired` and of `-tired`. */
export function itemColumn(item: string): string {
  return isReversed(item) ? item.slice(1) : item;
}
