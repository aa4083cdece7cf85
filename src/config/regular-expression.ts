/** Whether JavaScript reads it; the database is asked when the source is read. */
export function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
