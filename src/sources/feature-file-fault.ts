import { InputError, MachineError, RunError } from "../core/errors.js";

/**
 * Says in our words what the database found wrong with a delimited file.
 *
 * @throws InputError naming the line; an error of the machine or a stop as it is.
 */
export function throwFormatFault(path: string, error: Error): never {
  if (error instanceof MachineError || error instanceof RunError) throw error;
  throw new InputError(`readFeatureFile: ${explain(error.message)} of ${path}`, { cause: error });
}
function explain(message: string): string {
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  const where = line === undefined ? "in a part" : `at line ${line}`;
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (counts) return `each line must have ${counts[1]} fields, got ${counts[2]} ${where}`;
  if (message.includes("unterminated quote")) return `each quote must be closed, got an open one ${where}`;
  if (message.includes("utf-8")) return `the file must be UTF-8, got other bytes ${where}`;
  if (message.includes("Maximum line size"))
    return `each line must be shorter than 16 MB, got a longer one ${where}`;
  if (message.includes("RFC 4180"))
    return `lines must end alike and quotes enclose whole fields, got mixed line ends or a stray quote ${where}`;
  return `the file must keep to its format, got a fault ${where}`;
}
