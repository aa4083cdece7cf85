import type { LastRun } from "../kernel/panel-messages.js";
import type { SegmentOverview } from "../segments/segment-card.js";
import { askKernel } from "./ask-kernel.js";
import type { Jupyter, KernelConnection, NotebookPanel } from "./jupyterlab.js";
import { makeElement } from "./make-element.js";
import { overviewMime } from "./overview-renderer.js";
import { isOverview, segmentCards } from "./segment-cards.js";

/** The segments of the last run, and where its report and definition are. */
export interface LastRunSection {
  readonly element: HTMLElement;
  /** `again`: also asks the kernel for what `segbook run` wrote; else only once. */
  refresh(again: boolean): Promise<void>;
}

/** Makes the section. */
export function createLastRunSection(
  { baseUrl }: Jupyter,
  notebook: NotebookPanel,
  kernelOf: () => Promise<KernelConnection>,
): LastRunSection {
  const element = makeElement("section", { class: "segbook-last", attributes: { "aria-label": "Last run" } });
  let run: LastRun | null | undefined;
  let shown = "";

  async function refresh(again: boolean): Promise<void> {
    if (run === undefined || again) run = await askLastRun();
    const own = ownOverview(notebook);
    const overview = own ?? run?.overview ?? null;
    const state = JSON.stringify([own !== null, overview, run]);
    if (state === shown) return;
    shown = state;
    const title = own === null ? "Segments of the last run" : "Segments of this notebook";
    const parts: Node[] = [];
    if (run) parts.push(makeElement("h3", { text: "Files of the last run" }), fileList(run));
    if (overview !== null) parts.push(makeElement("h3", { text: title }), segmentCards(overview));
    if (parts.length === 0)
      parts.push(
        makeElement("p", { class: "segbook-note", text: "No run of these notebooks was found yet." }),
      );
    element.replaceChildren(...parts);
  }

  /** Without an answer the section stays as it is and asks again another time. */
  async function askLastRun(): Promise<LastRun | null | undefined> {
    try {
      return (await askKernel(await kernelOf(), { kind: "lastRun" })).run;
    } catch {
      return run;
    }
  }

  function fileList({ report, definition, name }: LastRun): HTMLElement {
    const files = [
      ["Report", report],
      ["Definition", definition],
    ] as const;
    const items = files.flatMap(([label, path]) => (path === null ? [] : [fileLine(label, path)]));
    const where = makeElement("li", { class: "segbook-path", text: name });
    return makeElement("ul", { class: "segbook-files" }, ...items, where);
  }

  function fileLine(label: string, path: string): HTMLElement {
    const served = serverPath(notebook.context.localPath, path);
    if (served === undefined) return makeElement("li", { text: `${label}: ${path}` });
    const href = `${baseUrl}files/${served.split("/").map(encodeURIComponent).join("/")}`;
    const link = makeElement("a", { text: label, attributes: { href, target: "_blank", rel: "noopener" } });
    return makeElement("li", {}, link);
  }

  return { element, refresh };
}

function ownOverview({ content }: NotebookPanel): SegmentOverview | null {
  for (const { model } of content.widgets) {
    for (let i = 0; i < (model.outputs?.length ?? 0); i++) {
      const overview = model.outputs?.get(i).data?.[overviewMime];
      if (isOverview(overview)) return overview;
    }
  }
  return null;
}

/** Path below the server's root of a path beside a notebook; undefined if it is not below. */
function serverPath(notebookPath: string, path: string): string | undefined {
  if (/^(?:[a-z]:|[/\\])/i.test(path)) return undefined;
  const parts = notebookPath.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
