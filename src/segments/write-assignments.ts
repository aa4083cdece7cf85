import { writeFileAtomic } from "../core/write-atomic.js";
import type { Assignment } from "./assign.js";
import type { Definition } from "./definition.js";

const linesPerBlock = 65_536;

/**
 * Writes one line per customer: `customer_id, segment, segment_name, distance, runner_up, margin`.
 *
 * CSV after RFC 4180 with LF, UTF-8; distance in standard deviations and margin with six decimals, both empty in the
 * fallback and for rules. Meant for programs: text that a spreadsheet would run as a formula is written as it is. Whole file or nothing.
 *
 * @param path - Overwritten if it exists.
 */
export function writeAssignments(path: string, definition: Definition, assignment: Assignment): void {
  const blocks = [Buffer.from("customer_id,segment,segment_name,distance,runner_up,margin\n")];
  const lineOf = assignmentLines(definition, assignment);
  const rowCount = assignment.keys.length;
  for (let start = 0; start < rowCount; start += linesPerBlock) {
    const length = Math.min(linesPerBlock, rowCount - start);
    blocks.push(Buffer.from(Array.from({ length }, (_, i) => lineOf(start + i)).join("")));
  }
  writeFileAtomic(path, Buffer.concat(blocks));
}

function assignmentLines(definition: Definition, assignment: Assignment): (row: number) => string {
  const { keys, labels, distances, runnersUp, margins } = assignment;
  const segmentCells = definition.segments.map((segment) => `${segment.key},${csvCell(segment.name)}`);
  const fallbackCells = `${definition.fallback.key},${csvCell(definition.fallback.name)}`;
  return (row) => {
    const key = csvCell(keys[row]!);
    const label = labels[row]!;
    if (label < 0) return `${key},${fallbackCells},,,\n`;
    const runnerUp = definition.segments[runnersUp[row]!]?.key ?? "";
    return `${key},${segmentCells[label]},${sixDecimals(distances[row]!)},${runnerUp},${sixDecimals(margins[row]!)}\n`;
  };
}

function sixDecimals(value: number): string {
  return Number.isNaN(value) ? "" : value.toFixed(6);
}

/** Quotes what DuckDB's writer quotes, so that an assigned file has the same bytes. */
function csvCell(text: string): string {
  return /[",#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
