import { writeFileAtomic } from "../core/write-atomic.js";
import type { Assignment } from "./assign.js";
import type { Definition } from "./definition.js";

const linesPerBlock = 65_536;

/** What the history of refreshes says of customers besides. */
export interface RefreshColumns {
  /** Segments in which hysteresis holds customers, as indices into those of the definition; −1 for the fallback. */
  readonly heldLabels: Int32Array;
  /** The definition before, and where it puts the customers now; absent: there was none. */
  readonly former?: { readonly definition: Definition; readonly labels: Int32Array };
}

/** Options of {@link writeAssignments}. */
export interface WriteAssignmentsOptions {
  /**
   * Adds `nearest,held,former`: the key of the nearest segment, whether the customer is held in another, and the key by the definition
   * before. `segment` is then the one that the customer is held in; distance, runner-up and margin are those of the nearest.
   */
  readonly refresh?: RefreshColumns;
}

/**
 * Writes one line per customer: `customer_id, segment, segment_name, distance, runner_up, margin`.
 *
 * CSV after RFC 4180 with LF, UTF-8; distance in standard deviations and margin with six decimals, both empty in the
 * fallback and for rules. Meant for programs: text that a spreadsheet would run as a formula is written as it is. Whole file or nothing.
 *
 * @param path - Overwritten if it exists.
 */
export function writeAssignments(
  path: string,
  definition: Definition,
  assignment: Assignment,
  { refresh }: WriteAssignmentsOptions = {},
): void {
  const more = refresh === undefined ? "" : ",nearest,held,former";
  const blocks = [Buffer.from(`customer_id,segment,segment_name,distance,runner_up,margin${more}\n`)];
  const lineOf =
    refresh === undefined
      ? assignmentLines(definition, assignment)
      : refreshedLines(definition, assignment, refresh);
  const rowCount = assignment.keys.length;
  for (let start = 0; start < rowCount; start += linesPerBlock) {
    const length = Math.min(linesPerBlock, rowCount - start);
    blocks.push(Buffer.from(Array.from({ length }, (_, i) => lineOf(start + i)).join("")));
  }
  writeFileAtomic(path, Buffer.concat(blocks));
}

function assignmentLines(
  definition: Definition,
  { keys, labels, distances, runnersUp, margins }: Assignment,
  shownLabels: Int32Array = labels,
): (row: number) => string {
  const segmentCells = definition.segments.map((segment) => `${segment.key},${csvCell(segment.name)}`);
  const fallbackCells = `${definition.fallback.key},${csvCell(definition.fallback.name)}`;
  return (row) => {
    const shown = `${csvCell(keys[row]!)},${segmentCells[shownLabels[row]!] ?? fallbackCells}`;
    if (labels[row]! < 0) return `${shown},,,\n`;
    const runnerUp = definition.segments[runnersUp[row]!]?.key ?? "";
    return `${shown},${sixDecimals(distances[row]!)},${runnerUp},${sixDecimals(margins[row]!)}\n`;
  };
}

function refreshedLines(
  definition: Definition,
  assignment: Assignment,
  { heldLabels, former }: RefreshColumns,
): (row: number) => string {
  const { segments, fallback } = definition;
  const lineOf = assignmentLines(definition, assignment, heldLabels);
  const formerKeys = former?.definition.segments.map(({ key }) => key);
  return (row) => {
    const nearest = assignment.labels[row]!;
    const before = former === undefined ? "" : (formerKeys![former.labels[row]!] ?? fallback.key);
    return `${lineOf(row).slice(0, -1)},${(segments[nearest] ?? fallback).key},${heldLabels[row] !== nearest},${before}\n`;
  };
}

function sixDecimals(value: number): string {
  return Number.isNaN(value) ? "" : value.toFixed(6);
}

/** Quotes what DuckDB's writer quotes, so that an assigned file has the same bytes. */
export function csvCell(text: string): string {
  return /[",#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
