const dayLength = 86_400_000;

/**
 * Days from 1970-01-01 to a calendar day written `YYYY-MM-DD`; undefined for any other text, such as the 30th of February.
 *
 * Counts written dates only, so that no time zone comes in.
 */
export function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return isReal ? time / dayLength : undefined;
}

/** The calendar day so many days after 1970-01-01, `YYYY-MM-DD`. */
export function dayText(number: number): string {
  return new Date(number * dayLength).toISOString().slice(0, 10);
}
