import assert from "node:assert/strict";
import { test } from "node:test";
import { readArguments } from "#src/commands/command.js";
import { run } from "#src/commands/run.js";
import { planRuns } from "#src/commands/run-parameters.js";
import { readNotebooks } from "#src/runner/prepare-notebooks.js";
import { assertRefused, runCommand } from "../commands/run-command.js";
import { folderWith, segbook } from "../commands/segbook.js";
import { madeDocument } from "../notebook/made-notebook.js";

const declared = `
// How far back orders count
const windowDays: number = 365; // days, whole, 1 to 3650
const threshold: number = 0.5; // share, 0…1; from which a customer counts as loyal
const starts: number = 50; // at least 1
const method: "gap" | "silhouette" = "gap"; // which rule
const region: string = "all"; // one of all, north, south; where they live
const title: string = "Customers";
const isQuick: boolean = false;
const features: readonly string[] = ["age"]; // the basis
const counts: [low: number, high: number] = [1, 10]; // segments, whole, 1 to 50
const limits: { low: number; high: number; note?: string } = { low: 1, high: 5 };
const weights: Record<string, number> = {};
const since: Date = new Date("2024-04-01"); // first day that counts
const until: Date | null = null;
const asOf: string | null = null; // YYYY-MM-DD; last day that is known
const owner: string = ""; // required; who answers for it
/**
 * Key of the mail service.
 * secret
 */
const mailKey: string = "";`;

/** Files of `--parameters`. */
const files: Readonly<Record<string, string>> = {
  "good.yaml": "windowDays: 30\nsince: 2025-01-01 # a day needs no quotes\nlimits: { low: 2, high: 3 }\n",
  "good.json": '{\n\t"windowDays": 30,\n\t"counts": [2, 6]\n}\n',
  "anchors.yaml": "windowDays: &days 30\nstarts: *days\n",
  "grid.yaml": "method: [gap, silhouette]\nfeatures: [age, spend]\n",
  "lists.yaml": "features: [[age], [age, spend]]\n",
  "old.yaml": "%YAML 1.1\n---\nsince: 2025-01-01\n",
  "twice.yaml": "windowDays: 30\nwindowDays: 60\n",
  "member.yaml": "limits: { low: 2, hihg: 3 }\n",
  "half.yaml": "limits: { low: 2 }\n",
  "code.yaml": "title: 0017\n",
  "long.yaml": "starts: 9007199254740993\n",
  "tag.yaml": "title: !!js/function x\n",
  "none.yaml": "method: []\n",
  "list.yaml": "- windowDays\n",
  "bad.yaml": "windowDays: [30\n",
  "secret.yaml": "mailKey: hunter22\n",
  "own.yaml": "__proto__: 1\n",
};

const folder = folderWith({
  ...files,
  "n.ipynb": JSON.stringify(
    madeDocument([
      ["// begin", "setup"],
      [declared, "parameters"],
    ]),
  ),
});
const notebooks = readNotebooks([`${folder}/n.ipynb`]);

/** What a call comes to: the values of each run, or the words of its refusal. */
function outcomeOf(words: readonly string[], environment: Record<string, string> = {}): unknown {
  const input = readArguments(run, words);
  const surroundings = {
    folder,
    environment,
    progress: () => undefined,
    now: () => 0,
    signal: new AbortController().signal,
    tidyOnInterrupt: () => undefined,
  };
  const { combinations, secrets } = planRuns(notebooks, input, surroundings);
  const runs = combinations.map(({ parameters }) => {
    const { owner: _, ...others } = Object.fromEntries(parameters);
    return others;
  });
  return [...runs, ...[...secrets.keys()].map((variable) => ({ [variable]: "set" }))];
}

/** A call without the owner, who has to be given, and the runs that it makes. */
const taken: readonly (readonly [call: string, runs: readonly unknown[]])[] = [
  ["", [{}]],
  ["-p windowDays=30", [{ windowDays: 30 }]],
  ["-p threshold=1e-1", [{ threshold: 0.1 }]],
  ["-p threshold=-0", [{ threshold: -0 }]],
  ["-p starts=1", [{ starts: 1 }]],
  ["-p method=silhouette", [{ method: "silhouette" }]],
  ["-p region=north", [{ region: "north" }]],
  ["-p title=2026", [{ title: "2026" }]],
  ["-p title=", [{ title: "" }]],
  ['-p title="Spring,•summer"', [{ title: "Spring, summer" }]],
  ['-p title=<b>"&amp;', [{ title: '<b>"&amp;' }]],
  ["-p title=é•🙂", [{ title: "é 🙂" }]],
  ["-p isQuick=true", [{ isQuick: true }]],
  ["-p features=age,spend", [{ features: ["age", "spend"] }]],
  ['-p features=["a,b","c"]', [{ features: ["a,b", "c"] }]],
  ["-p features=[]", [{ features: [] }]],
  ["-p counts=2,6", [{ counts: [2, 6] }]],
  ["-p counts=[2,6]", [{ counts: [2, 6] }]],
  ['-p limits={"low":2,"high":3}', [{ limits: { low: 2, high: 3 } }]],
  ["-p limits={low:•2,•high:•3,•note:•x}", [{ limits: { low: 2, high: 3, note: "x" } }]],
  ["-p limits.low=3", [{ limits: { low: 3, high: 5 } }]],
  ["-p limits.note=a -p limits.high=9", [{ limits: { low: 1, high: 9, note: "a" } }]],
  ["-p weights={a:•1,•b:•2}", [{ weights: { a: 1, b: 2 } }]],
  ["-p since=2024-02-29", [{ since: "2024-02-29" }]],
  ["-p until=2026-03-31", [{ until: "2026-03-31" }]],
  ["-p until=null", [{ until: null }]],
  ["-p asOf=2026-03-31", [{ asOf: "2026-03-31" }]],
  ["-p asOf=2026-01-31,2026-02-28", [{ asOf: "2026-01-31" }, { asOf: "2026-02-28" }]],
  [
    "-p isQuick=true,false -p method=gap,silhouette",
    [
      { isQuick: true, method: "gap" },
      { isQuick: true, method: "silhouette" },
      { isQuick: false, method: "gap" },
      { isQuick: false, method: "silhouette" },
    ],
  ],
  ["-p counts=[2,6],[3,9]", [{ counts: [2, 6] }, { counts: [3, 9] }]],
  ["-p limits.low=1,2", [{ limits: { low: 1, high: 5 } }, { limits: { low: 2, high: 5 } }]],
  ["--parameters good.yaml", [{ windowDays: 30, since: "2025-01-01", limits: { low: 2, high: 3 } }]],
  ["--parameters good.json", [{ windowDays: 30, counts: [2, 6] }]],
  ["--parameters anchors.yaml", [{ windowDays: 30, starts: 30 }]],
  ["--parameters old.yaml", [{ since: "2025-01-01" }]],
  [
    "--parameters grid.yaml",
    [
      { method: "gap", features: ["age", "spend"] },
      { method: "silhouette", features: ["age", "spend"] },
    ],
  ],
  ["--parameters lists.yaml", [{ features: ["age"] }, { features: ["age", "spend"] }]],
  [
    "--parameters good.yaml -p windowDays=60 -p limits.low=1",
    [{ windowDays: 60, since: "2025-01-01", limits: { low: 1, high: 3 } }],
  ],
  ["SEGBOOK_SECRET_MAIL_KEY=hunter22", [{}, { SEGBOOK_SECRET_MAIL_KEY: "set" }]],
];

/** A call and the sentence that refuses it; "run: " stands before all of them. */
const refused: readonly (readonly [call: string, message: string])[] = [
  [
    "-p windowDay=30",
    'parameter must be one of windowDays, threshold, starts, method, region and 11 more, got "windowDay". Did you mean "windowDays"?',
  ],
  ["-p windowDays=many", 'parameter windowDays must be of type number, got "many"'],
  ["-p windowDays=2.5", "parameter windowDays must be a whole number from 1 to 3650, got 2.5"],
  ["-p windowDays=0", "parameter windowDays must be a whole number from 1 to 3650, got 0"],
  ["-p windowDays=0x10", 'parameter windowDays must be of type number, got "0x10"'],
  ["-p windowDays=", 'parameter windowDays must be of type number, got ""'],
  ["-p threshold=1.01", "parameter threshold must be from 0 to 1, got 1.01"],
  ["-p threshold=NaN", 'parameter threshold must be of type number, got "NaN"'],
  ["-p starts=0", "parameter starts must be at least 1, got 0"],
  [
    "-p starts=9007199254740993",
    "parameter starts must have so few digits that a number holds it, got 9007199254740993",
  ],
  [
    "-p method=silhuette",
    'parameter method must be one of "gap", "silhouette", got "silhuette". Did you mean "silhouette"?',
  ],
  [
    "-p region=nort",
    'parameter region must be one of "all", "north", "south", got "nort". Did you mean "north"?',
  ],
  ["-p isQuick=yes", 'parameter isQuick must be of type boolean, got "yes"'],
  ["-p features=[1]", "parameter features[0] must be of type string, got 1. Put it in quotes"],
  ["-p counts=2", "parameter counts must be of type [number, number], got 2"],
  ["-p counts=[1,2,3]", "parameter counts must have 2 values, got 3"],
  ["-p counts=[1,60]", "parameter counts[1] must be a whole number from 1 to 50, got 60"],
  ["-p limits={low:•1}", "parameter limits.high must be given, got nothing"],
  ["-p limits={low:•1,•high:•x}", 'parameter limits.high must be of type number, got "x"'],
  [
    "-p limits.hihg=1",
    'parameter limits must have no members but low, high, note, got "hihg". Did you mean "high"?',
  ],
  ["-p limits.low=x", 'parameter limits.low must be of type number, got "x"'],
  ["-p title.a=x", 'parameter title must be an object to have members, got "a"'],
  ["-p weights={a:•x}", 'parameter weights.a must be of type number, got "x"'],
  [
    "-p since=2026-02-30",
    'parameter since must be a day of the calendar such as 2026-03-31, got "2026-02-30"',
  ],
  [
    "-p since=31.03.2026",
    'parameter since must be a day of the calendar such as 2026-03-31, got "31.03.2026"',
  ],
  ["-p until=never", 'parameter until must be of type Date | null, got "never"'],
  [
    "-p method=gap,",
    'parameter method must have a value, got nothing between two commas. Write "" for empty text',
  ],
  ["-p method=gap,gap", 'parameter method must have different values, got "gap" twice'],
  [
    "-p starts=1,2,3,4,5,6,7,8,9,10,11 -p threshold=0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9",
    "parameters must make at most 100 runs, got 110 (11 of starts × 10 of threshold)",
  ],
  ["-p title=a -p title=b", "-p title must be given once, got it twice. For two runs write title=a,b"],
  ["-p title", "-p must be name=value, got no name or no value"],
  [
    "-p __proto__=1",
    'parameter must be one of windowDays, threshold, starts, method, region and 11 more, got "__proto__"',
  ],
  ["-p outputFolder=x", "parameter outputFolder must be set with --output, got it as a parameter"],
  [
    "-p mailKey=hunter22",
    "parameter mailKey must come from the environment variable SEGBOOK_SECRET_MAIL_KEY because it is secret, got it another way",
  ],
  [
    "SEGBOOK_SECRET_MAIL_KEY=abc",
    "parameter mailKey must have at least 4 characters to be masked, got fewer",
  ],
  [
    "--parameters secret.yaml",
    "parameter mailKey must come from the environment variable SEGBOOK_SECRET_MAIL_KEY because it is secret, got it another way",
  ],
  [
    "--parameters twice.yaml",
    '--parameters must be YAML or JSON, got "Map keys must be unique" at twice.yaml, line 2',
  ],
  [
    "--parameters tag.yaml",
    '--parameters must be YAML or JSON, got "Unresolved tag: tag:yaml.org,2002:js/function" at tag.yaml, line 1',
  ],
  [
    "--parameters member.yaml",
    'parameter limits must have no members but low, high, note, got "hihg". Did you mean "high"?',
  ],
  ["--parameters half.yaml", "parameter limits.high must be given, got nothing"],
  ["--parameters code.yaml", "parameter title must be of type string, got 17. Put it in quotes"],
  [
    "--parameters long.yaml",
    "parameter starts must have so few digits that a number holds it, got 9007199254740993",
  ],
  ["--parameters none.yaml", "parameter method must have a value, got an empty list"],
  ["--parameters list.yaml", "--parameters must hold name: value lines, got something else at list.yaml"],
  [
    "--parameters own.yaml",
    'parameter must be one of windowDays, threshold, starts, method, region and 11 more, got "__proto__"',
  ],
  ["--parameters no.yaml", "--parameters must name a file that can be read, got no such file at no.yaml"],
  [
    "-p windowDays=0 -p metod=gap -p since=x",
    'parameters must be as the notebooks declare them, got 3 problems:\n  parameter must be one of windowDays, threshold, starts, method, region and 11 more, got "metod". Did you mean "method"?\n  parameter windowDays must be a whole number from 1 to 3650, got 0\n  parameter since must be a day of the calendar such as 2026-03-31, got "x"',
  ],
];

/** `•` is a blank inside a word. */
function wordsOf(call: string): { words: string[]; environment: Record<string, string> } {
  const parts = call
    .split(" ")
    .filter((part) => part !== "")
    .map((part) => part.replaceAll("•", " "));
  const variables = parts.filter((part) => part.startsWith("SEGBOOK_"));
  const environment = Object.fromEntries(variables.map((part) => part.split("=") as [string, string]));
  return { words: parts.filter((part) => !variables.includes(part)), environment };
}

for (const [call, runs] of taken) {
  test(`taken: segbook run ${call || "without parameters"}`, () => {
    const { words, environment } = wordsOf(call);
    assert.deepEqual(outcomeOf([...words, "-p", "owner=Kim"], environment), runs);
  });
}

for (const [call, message] of refused) {
  test(`refused: segbook run ${call}`, () => {
    const { words, environment } = wordsOf(call);
    assert.throws(() => outcomeOf([...words, "-p", "owner=Kim"], environment), {
      name: "InputError",
      message: `run: ${message}`,
    });
  });
}

test("refused: a required parameter that is not given", () => {
  assert.throws(() => outcomeOf([]), {
    name: "InputError",
    message: "run: parameter owner must be given (who answers for it), got nothing",
  });
});

const ended: readonly (readonly [call: string, errors: RegExp])[] = [
  ["-p owner=Kim -p windowDay=30", /^run: parameter must be .*Did you mean "windowDays"\?$/],
  [
    "-p owner=Kim -p windowDays=0",
    /^run: parameter windowDays must be a whole number from 1 to 3650, got 0$/,
  ],
  ["-p windowDays=30", /^run: parameter owner must be given/],
  ["--parameters twice.yaml", /^run: --parameters must be YAML/],
];

for (const [call, errors] of ended) {
  test(`ends before any kernel starts: segbook run n.ipynb ${call}`, () =>
    assertRefused(folder, ["run", "n.ipynb", ...wordsOf(call).words], errors));
}

test("a secret among the words ends with exit code 2, and is not said again", () => {
  const result = segbook(folder, ["run", "n.ipynb", "-p", "owner=Kim", "-p", "mailKey=hunter22"]);
  assert.equal(result.exitCode, 2, result.errors);
  assert.match(result.errors, /^run: parameter mailKey must come from the environment/);
  assert.equal(result.output, "");
  assert.doesNotMatch(result.errors, /hunter22/);
});

test("the form of a notebook, as a table and as JSON, holds unit, values, need and meaning", async () => {
  const inspected = await runCommand(folder, ["inspect", "n.ipynb"]);
  assert.match(inspected.text, /windowDays +number +365 +days +whole, 1 to 3650 +How far back orders count/);
  assert.match(
    inspected.text,
    /mailKey +string +secret, from SEGBOOK_SECRET_MAIL_KEY +Key of the mail service\./,
  );
  const document = inspected.document as Readonly<Record<string, unknown>>;
  const form = document.parameters as readonly Record<string, unknown>[];
  assert.deepEqual(
    form.find(({ name }) => name === "starts"),
    {
      name: "starts",
      type: "number",
      default: 50,
      unit: "",
      range: [1, null],
      whole: false,
      choices: null,
      required: false,
      secret: null,
      meaning: "",
    },
  );
  assert.deepEqual(
    [document.cells, document.codeCells, document.tags, document.after],
    [2, 2, ["parameters", "setup"], null],
  );
});
