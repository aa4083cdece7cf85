import { readFileSync } from "node:fs";

type Holder = Record<string, unknown>;

/** An executed copy without the declared run metadata, and which of those keys it had. */
export interface WithoutRunMetadata {
  readonly document: unknown;
  readonly found: ReadonlySet<string>;
}

/** Reads an executed copy. The keys are spelt out here once more: a new one is a decision, not a slip. */
export function readWithoutRunMetadata(path: string): WithoutRunMetadata {
  const document = JSON.parse(readFileSync(path, "utf8")) as {
    metadata: { papermill: Holder };
    cells: { metadata: { papermill?: Holder; execution?: Holder } }[];
  };
  const found = new Set<string>();
  const remove = (holder: Holder, whose: string, keys: readonly string[]): void => {
    for (const key of keys.filter((one) => one in holder)) {
      found.add(`${whose} ${key}`);
      delete holder[key];
    }
  };
  const times = ["start_time", "end_time", "duration"];
  const steps = ["iopub.status.busy", "iopub.execute_input", "shell.execute_reply", "iopub.status.idle"];
  remove(document.metadata.papermill, "notebook", times);
  for (const { metadata } of document.cells) {
    remove(metadata.papermill ?? {}, "cell", times);
    remove(metadata.execution ?? {}, "cell", steps);
  }
  return { document, found };
}
