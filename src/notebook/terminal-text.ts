/** Text that grows as on a terminal. */
export interface TerminalText {
  readonly add: (text: string) => void;
  readonly text: () => string;
}

/**
 * Text as a terminal would show it: a carriage return starts the line again, a backspace takes one character back. A progress line
 * thus ends as its last state. Time is that of the text added, whatever stands already.
 */
export function createTerminalText(): TerminalText {
  const finished: string[] = [];
  let open: string[] = [];
  let isPlain = true;
  function add(text: string): void {
    const ending = text.lastIndexOf("\n") + 1;
    if (isPlain && !/[\r\b]/.test(text)) {
      if (ending > 0) finished.push(...open.splice(0), text.slice(0, ending));
      if (ending < text.length) open.push(text.slice(ending));
      return;
    }
    const lines = (open.join("") + text).split("\n");
    const last = lines.pop()!;
    finished.push(...lines.map((line) => `${settleLine(line)}\n`));
    open = [settleLine(last)];
    isPlain = !/[\r\b]/.test(open[0]!);
  }
  return { add, text: () => finished.join("") + open.join("") };
}

/** A return at the very end of a line hides nothing until more text follows it, and is part of a Windows line end. */
function settleLine(line: string): string {
  const body = line.endsWith("\r") ? line.slice(0, -1) : line;
  const visible = takeBack(body.slice(body.lastIndexOf("\r") + 1));
  return body === line ? visible : `${visible}\r`;
}

function takeBack(text: string): string {
  if (!text.includes("\b")) return text;
  const kept: string[] = [];
  for (const character of text) {
    if (character === "\b") kept.pop();
    else kept.push(character);
  }
  return kept.join("");
}
