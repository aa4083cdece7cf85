import type { CodeExecutor } from "./kernel-executor.js";

type Content = Readonly<Record<string, unknown>>;

/** Answers what a front end asks about code without running it; undefined for a request that is not known. */
export function answerRequest(type: string, content: Content, executor: CodeExecutor): Content | undefined {
  const code = String(content.code ?? "");
  const position = Number(content.cursor_pos ?? code.length);
  switch (type) {
    case "is_complete_request":
      return { ...executor.isComplete(code) };
    case "complete_request": {
      const { matches, start, end } = executor.complete(code, position);
      return { status: "ok", matches, cursor_start: start, cursor_end: end, metadata: {} };
    }
    case "inspect_request": {
      const text = executor.inspect(code, position);
      return {
        status: "ok",
        found: text !== undefined,
        data: text === undefined ? {} : { "text/plain": text },
        metadata: {},
      };
    }
    default:
      return undefined;
  }
}
