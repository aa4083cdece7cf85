import type { Jupyter, LuminoWidget, NotebookPanel } from "./jupyterlab.js";
import { makeElement } from "./make-element.js";
import { createNotebookView, type NotebookView } from "./notebook-view.js";
import { panelIcon } from "./panel-icon.js";
import { addStyle } from "./style.js";

/** The *Segments* side panel: it shows the notebook that is in front. */
export function createPanel(jupyter: Jupyter): LuminoWidget {
  addStyle();
  const { widgets, icons, tracker } = jupyter;
  const place = makeElement("div");
  const heading = makeElement("h2", { text: "Segments" });
  const node = makeElement("div", { class: "segbook-panel" }, heading, place);
  const views = new WeakMap<NotebookPanel, NotebookView>();
  const viewOf = (notebook: NotebookPanel): NotebookView => {
    const view = views.get(notebook) ?? createNotebookView(jupyter, notebook);
    views.set(notebook, view);
    return view;
  };
  const follow = (): void => {
    const notebook = tracker.currentWidget;
    if (notebook === null) {
      place.replaceChildren(
        makeElement("p", { text: "Open a notebook to see its parameters and segments." }),
      );
      return;
    }
    const view = viewOf(notebook);
    place.replaceChildren(view.element);
    if (widget.isVisible) view.refresh();
  };
  const widget = new widgets.Widget({ node });
  widget.id = "segbook-panel";
  widget.title.icon = new icons.LabIcon({ name: "segbook:segments", svgstr: panelIcon });
  widget.title.caption = "Segments";
  widget.onAfterShow = follow;
  tracker.currentChanged.connect(follow);
  follow();
  return widget;
}
