import type { CellExecuted, Jupyter, NotebookPanel } from "./jupyterlab.js";
import { makeButton, makeElement } from "./make-element.js";

/** Run all, its progress, and the way to stop it. */
export interface RunSection {
  readonly element: HTMLElement;
  readonly button: HTMLElement;
  /** Runs all cells, unless they are running. */
  run(): void;
}

/** Makes the section; `finished` is called after each run. */
export function createRunSection(
  jupyter: Jupyter,
  notebook: NotebookPanel,
  finished: () => void,
): RunSection {
  const bar = makeElement("progress", { attributes: { "aria-label": "Cells done" } });
  const words = makeElement("span", { attributes: { role: "status" } });
  const stopButton = makeButton("Stop", stop);
  const line = makeElement("p", { class: "segbook-progress" }, words, stopButton);
  const outcome = makeElement("p", { class: "segbook-outcome", attributes: { role: "status" } });
  const element = makeElement("div", { class: "segbook-run" }, bar, line, outcome);
  const button = makeButton("Run all", run);
  let isRunning = false;
  let isStopped = false;
  show(false);

  async function run(): Promise<void> {
    if (isRunning) return;
    isStopped = false;
    outcome.replaceChildren();
    show(true);
    const counter = countCells(jupyter, notebook, (text, done, total) => {
      words.textContent = text;
      bar.max = total;
      bar.value = done;
    });
    try {
      jupyter.application.shell.activateById(notebook.id);
      await jupyter.application.commands.execute("notebook:run-all-cells");
    } finally {
      const failed = counter.end();
      show(false);
      outcome.replaceChildren(...describeOutcome(notebook, { failed, isStopped, words: words.textContent }));
      finished();
    }
  }

  function stop(): void {
    isStopped = true;
    words.textContent = "Stopping …";
    void notebook.sessionContext.session?.kernel?.interrupt();
  }

  function show(running: boolean): void {
    isRunning = running;
    bar.hidden = !running;
    line.hidden = !running;
    (button as HTMLButtonElement).disabled = running;
  }

  return { element, button, run: () => void run() };
}

interface CellCounter {
  /** Stops counting; the first cell that failed, if one did. */
  end(): CellExecuted | undefined;
}

function countCells(
  { notebooks }: Jupyter,
  { content }: NotebookPanel,
  progress: (text: string, done: number, total: number) => void,
): CellCounter {
  const total = content.widgets.filter(({ model }) => model.type === "code").length;
  const started = performance.now();
  let done = 0;
  let failed: CellExecuted | undefined;
  const tell = (): void =>
    progress(`${done} of ${total} cells, ${durationText(performance.now() - started)}`, done, total);
  const count = (_: unknown, executed: CellExecuted): void => {
    if (executed.notebook !== content || executed.cell.model.type !== "code") return;
    if (executed.success) done += 1;
    else failed ??= executed;
    tell();
  };
  notebooks.NotebookActions.executed.connect(count);
  const clock = setInterval(tell, 1000);
  tell();
  return {
    end(): CellExecuted | undefined {
      clearInterval(clock);
      notebooks.NotebookActions.executed.disconnect(count);
      tell();
      return failed;
    },
  };
}

interface RunOutcome {
  readonly failed: CellExecuted | undefined;
  readonly isStopped: boolean;
  readonly words: string | null;
}

function describeOutcome(notebook: NotebookPanel, { failed, isStopped, words }: RunOutcome): Node[] {
  if (failed === undefined) return [new Text(`Done: ${words}.`)];
  const position = notebook.content.widgets.indexOf(failed.cell);
  const link = makeButton(`Cell ${position + 1} ${isStopped ? "was stopped" : "failed"}`, () => {
    notebook.content.activeCellIndex = position;
    void notebook.content.scrollToItem(position, "center");
  });
  link.classList.add("segbook-link");
  const { errorName = "", errorValue = "" } = failed.error ?? {};
  const why = [errorName, errorValue].filter((part) => part !== "").join(": ");
  return isStopped || why === "" ? [link] : [link, new Text(` ${why}`)];
}

function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
