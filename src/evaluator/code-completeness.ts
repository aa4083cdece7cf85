import { loadTypeScript } from "../notebook/load-typescript.js";

/** Whether a front end should send the code of a console or let its user go on typing. */
export interface CodeCompleteness {
  readonly status: "complete" | "incomplete" | "invalid";
  /** What the next line begins with; only with "incomplete". */
  readonly indent?: string;
}

const unterminatedString = 1002;
const unterminatedTemplate = 1160;
const unterminatedComment = 1010;

/** Code is incomplete if its only faults are at its end: a bracket, template or comment that is open, an operator without a right side. */
export function checkCompleteness(code: string): CodeCompleteness {
  const ts = loadTypeScript();
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly { readonly code: number; readonly start: number }[];
  };
  const first = parseDiagnostics[0];
  if (first === undefined) return { status: "complete" };
  const isText = first.code === unterminatedTemplate || first.code === unterminatedComment;
  if (isText) return { status: "incomplete", indent: "" };
  const end = ts.findPrecedingToken(code.length, source)?.end ?? 0;
  return first.start >= end && first.code !== unterminatedString
    ? { status: "incomplete", indent: nextIndent(code) }
    : { status: "invalid" };
}

/** As far in as the last line, and two spaces further if it opens a bracket. */
function nextIndent(code: string): string {
  const line = code.trimEnd().split("\n").at(-1) ?? "";
  const opened = line.match(/[([{]/g)?.length ?? 0;
  const closed = line.match(/[)\]}]/g)?.length ?? 0;
  return `${/^\s*/.exec(line)![0]}${opened > closed ? "  " : ""}`;
}
