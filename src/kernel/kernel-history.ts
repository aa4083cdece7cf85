type Content = Readonly<Record<string, unknown>>;

interface Entry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

/** What this kernel has run, for front ends that offer it again. */
export interface KernelHistory {
  readonly add: (line: number, input: string) => void;
  /** The printed value of the cell that has this execution count. */
  readonly addOutput: (line: number, output: string) => void;
  /** The `history` of a `history_reply` to the content of a request. */
  readonly find: (request: Content) => readonly (readonly unknown[])[];
}

/** A kernel remembers itself only: all is session 1, which a request may also call 0, the present one. */
const session = 1;

/** An empty history. */
export function createHistory(): KernelHistory {
  const entries: Entry[] = [];
  return {
    add: (line, input) => entries.push({ line, input, output: null }),
    addOutput: (line, output) => {
      const entry = entries.filter((one) => one.line === line).at(-1);
      if (entry !== undefined) entry.output = output;
    },
    find: (request) => {
      const hasOutput = request.output === true;
      return select(entries, request).map(({ line, input, output }) => [
        session,
        line,
        hasOutput ? [input, output] : input,
      ]);
    },
  };
}

function select(entries: readonly Entry[], request: Content): readonly Entry[] {
  switch (request.hist_access_type) {
    case "range":
      return selectRange(entries, request);
    case "search":
      return selectMatching(entries, request);
    default:
      return lastOf(entries, request.n);
  }
}

function selectRange(entries: readonly Entry[], { session: asked, start, stop }: Content): readonly Entry[] {
  if (Number(asked ?? 0) !== 0 && asked !== session) return [];
  const first = Number(start ?? 1);
  const end = typeof stop === "number" ? stop : Number.POSITIVE_INFINITY;
  return entries.filter(({ line }) => line >= first && line < end);
}

function selectMatching(entries: readonly Entry[], { pattern, unique, n }: Content): readonly Entry[] {
  const expression = globExpression(String(pattern ?? "*"));
  const matching = entries.filter(({ input }) => expression.test(input));
  if (unique !== true) return lastOf(matching, n);
  const newest = new Map(matching.map((entry) => [entry.input, entry]));
  return lastOf(
    matching.filter((entry) => newest.get(entry.input) === entry),
    n,
  );
}

function lastOf(entries: readonly Entry[], n: unknown): readonly Entry[] {
  return typeof n === "number" && n >= 0 ? entries.slice(Math.max(0, entries.length - n)) : entries;
}

/** `*` any text, `?` any character, `[abc]` one of them, all else as it stands; over the whole input. */
function globExpression(pattern: string): RegExp {
  const source = pattern.replace(
    /\[(!?)([^\]]+)\]|[\s\S]/g,
    (token, not: string | undefined, set: string | undefined) => {
      if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replace(/[\\^]/g, "\\$&")}]`;
      if (token === "*") return "[\\s\\S]*";
      if (token === "?") return "[\\s\\S]";
      return token.replace(/[.+^${}()|[\]\\]/, "\\$&");
    },
  );
  return new RegExp(`^${source}$`);
}
