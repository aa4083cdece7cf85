/**
 * Text with more text behind it, as a terminal would show it: a carriage return starts the line again, a
 * backspace takes one character back. A progress line thus ends as its last state.
 */
export function appendTerminalText(shown: string, added: string): string {
  const lineStart = shown.lastIndexOf("\n") + 1;
  const open = shown.slice(lineStart) + added;
  if (!/[\r\b]/.test(open)) return shown + added;
  const lines = open.split("\n");
  const last = lines.length - 1;
  return shown.slice(0, lineStart) + lines.map((line, i) => settleLine(line, i < last)).join("\n");
}

/** A return at the very end of an unfinished line waits: the next text decides whether it hides the line. */
function settleLine(line: string, isFinished: boolean): string {
  const ending = /\r*$/.exec(line)?.[0] ?? "";
  const body = ending === "" ? line : line.slice(0, -ending.length);
  const visible = takeBack(body.slice(body.lastIndexOf("\r") + 1));
  return isFinished || ending === "" ? visible : `${visible}\r`;
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
