import type { CellWidget, NotebookPanel } from "./jupyterlab.js";

/** Where a notebook keeps its parameters. */
export interface ParameterCells {
  readonly position: number;
  readonly source: string;
  /** Position and text of the cell with new values; −1 and empty if there is none. */
  readonly injectedPosition: number;
  readonly injected: string;
}

/** Finds the cell tagged `parameters` and the one tagged `injected-parameters`; undefined without the first. */
export function findParameterCells({ content }: NotebookPanel): ParameterCells | undefined {
  const position = content.widgets.findIndex((cell) => isTagged(cell, "parameters"));
  if (position < 0) return undefined;
  const injectedPosition = content.widgets.findIndex((cell) => isTagged(cell, "injected-parameters"));
  return {
    position,
    source: sourceOf(content.widgets[position]),
    injectedPosition,
    injected: sourceOf(content.widgets[injectedPosition]),
  };
}

/** Writes new values right after the parameters, as `segbook run -p` does; empty text takes the cell away. */
export function writeInjected(panel: NotebookPanel, text: string): void {
  const found = findParameterCells(panel);
  const cells = panel.model?.sharedModel;
  if (found === undefined || cells === undefined || text === found.injected) return;
  const { position, injectedPosition } = found;
  if (injectedPosition === position + 1 && text !== "") {
    panel.content.widgets[injectedPosition]?.model.sharedModel.setSource(text);
    return;
  }
  if (injectedPosition >= 0) cells.deleteCell(injectedPosition);
  if (text === "") return;
  const after = injectedPosition >= 0 && injectedPosition < position ? position : position + 1;
  cells.insertCell(after, {
    cell_type: "code",
    source: text,
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    execution_count: null,
  });
}

function isTagged({ model }: CellWidget, tag: string): boolean {
  const tags = model.getMetadata("tags");
  return (
    model.type === "code" &&
    Array.isArray(tags) &&
    tags.some((one) => String(one).replaceAll("_", "-") === tag)
  );
}

function sourceOf(cell: CellWidget | undefined): string {
  return cell?.model.sharedModel.getSource() ?? "";
}
