import type { MarkdownIt } from "markdown-it";

/** Token type of a formula; its content is LaTeX, `token.block` says whether it stands on its own. */
export const mathToken = "math";

/** Characters of a formula; also bounds the search for an end that is not there. */
const longest = 5_000;

/**
 * Teaches a parser `$…$`, `$$…$$` and `\begin{…}…\end{…}` as Jupyter has them. A dollar sign is money, not mathematics, when a
 * space follows the first or precedes the last, or a digit follows the last.
 */
export function addMath(parser: MarkdownIt): void {
  parser.inline.ruler.before("escape", mathToken, (state, silent) => {
    const rest = state.src.slice(state.pos, state.pos + longest);
    const found = formulaAt(rest, state.src[state.pos - 1]);
    if (found === undefined) return false;
    if (!silent) {
      const token = state.push(mathToken, "", 0);
      token.content = found.latex;
      token.block = found.isBlock;
    }
    state.pos += found.length;
    return true;
  });
}

interface Formula {
  readonly latex: string;
  readonly isBlock: boolean;
  readonly length: number;
}

function formulaAt(text: string, before: string | undefined): Formula | undefined {
  if (text[0] === "\\") return environmentAt(text);
  if (text[0] !== "$" || before === "$") return undefined;
  const block = /^\$\$([^$]+)\$\$/.exec(text);
  if (block) return { latex: block[1]!, isBlock: true, length: block[0].length };
  const inline = /^\$((?:[^$\s\\]|\\[\s\S])(?:(?:[^$\\]|\\[\s\S])*?(?:[^$\s\\]|\\\S))?)\$(?!\d)/.exec(text);
  return inline ? { latex: inline[1]!, isBlock: false, length: inline[0].length } : undefined;
}

function environmentAt(text: string): Formula | undefined {
  const name = /^\\begin\{([a-zA-Z]+\*?)\}/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const ending = `\\end{${name}}`;
  const end = text.indexOf(ending);
  if (end < 0) return undefined;
  const length = end + ending.length;
  return { latex: text.slice(0, length), isBlock: true, length };
}
