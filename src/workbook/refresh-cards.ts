import { countText, percentText } from "../core/number-text.js";
import { segmentsGone, segmentsNow } from "../refresh/record-segments.js";
import type { CustomerFlow, RefreshRecord } from "../refresh/refresh-record.js";
import type { RefreshCard } from "../report/refresh-page.js";

/** Segments in force after a refresh, largest first, with what became of each. */
export function refreshCards(record: RefreshRecord): readonly RefreshCard[] {
  const changes = record.migration?.decomposition.customers;
  const before = new Map(changes?.map((change) => [change.key, change.before]));
  const sizes = changes === undefined ? firstSizes(record) : sizesInForce(record);
  const largest = Math.max(1, ...sizes.map(({ size }) => size), ...before.values());
  return sizes
    .sort((a, b) => b.size - a.size || Number(a.key.slice(1)) - Number(b.key.slice(1)))
    .map(({ key, name, size }) => {
      const found = segmentsNow(record).find((segment) => segment.key === key);
      const lost = record.former.find((segment) => segment.key === key);
      const previous = before.get(key) ?? 0;
      return {
        key,
        name,
        // Of a segment that a refit would end, though it goes on.
        status: changes === undefined ? null : (found?.status ?? `${lost?.status ?? "died"} in the refit`),
        size,
        sizeBefore: previous === 0 ? null : previous,
        change: changes === undefined ? "" : changeText(previous, size),
        largest,
        origin: changes === undefined || found === undefined ? "" : originOf(found),
      };
    });
}

function changeText(before: number, now: number): string {
  // Rules may have a segment that nobody is in at either date.
  if (before === now) return "As many as before";
  if (before === 0) return "New";
  const share = percentText(Math.abs(now - before) / before);
  return now > before
    ? `${countText(now - before)} more, ${share}`
    : `${countText(before - now)} fewer, ${share}`;
}

interface SizedSegment {
  readonly key: string;
  readonly name: string;
  readonly size: number;
}

function firstSizes({ segments }: RefreshRecord): SizedSegment[] {
  return segments.map(({ key, name, size }) => ({ key, name, size }));
}

/** By the assignments: held customers where they are held. */
function sizesInForce({ migration }: RefreshRecord): SizedSegment[] {
  const { columns, counts } = migration!.matrix;
  return columns.flatMap(({ key, name }, j) =>
    key === "unassigned" || key === "lapsed"
      ? []
      : [{ key, name, size: counts.reduce((sum, row) => sum + row[j]!, 0) }],
  );
}

function originOf({ key, status, jaccard, from, isNameWithheld }: RefreshRecord["segments"][number]): string {
  const [main] = from;
  if (status === "born") return "New: it comes from no segment before.";
  if (main === undefined) return "";
  const share = `${percentText(main.share)} of those who were customers before`;
  if (main.key === key) return `${share} were in it; overlap ${jaccard.toFixed(2)} of 1 (Jaccard).`;
  const withheld = isNameWithheld ? ` The name and the key of ${main.name} are not passed on.` : "";
  return `${share} were in ${main.name}.${withheld}`;
}

/** What became of segments that are gone, a sentence each; of the refit, where the definition was kept. */
export function goneSentences(record: RefreshRecord): readonly string[] {
  const verb = record.definition.decision === "refitted" ? "" : " in the refit, which is not in force";
  return segmentsGone(record).map(
    ({ name, status, size, into }) =>
      `${name} (${countText(size)} customers) ${status}${verb}: ${partsOf(into)}.`,
  );
}

function partsOf(into: readonly CustomerFlow[]): string {
  const large = into.filter(({ share }) => share >= 0.05);
  if (large.length === 0) return "its customers are gone, or spread over many";
  return large
    .map(({ name, customers, share }) => `${countText(customers)} (${percentText(share)}) are now in ${name}`)
    .join(", ");
}
