const months: readonly string[] =
  "January February March April May June July August September October November December".split(" ");

/** `2026-03-31` as `31 March 2026`; anything else as it is. */
export function longDate(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const month = months[Number(parts?.[2]) - 1];
  return parts && month ? `${Number(parts[3])} ${month} ${parts[1]}` : date;
}
