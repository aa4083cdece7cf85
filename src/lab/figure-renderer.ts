import { createDrawing } from "./drawing.js";
import { readTwin } from "./html-twin.js";
import type { MimeModel, RendererOptions, RendererWidget, WidgetsPackage } from "./jupyterlab.js";
import { makeElement } from "./make-element.js";
import { figureTitle } from "./plotly-figure.js";
import { addStyle } from "./style.js";

const plotlyMime = "application/vnd.plotly.v1+json";

/** Draws plotly figures, in notebooks that are not trusted too: a figure is data, none of it is executed. */
export function figureRenderer(widgets: WidgetsPackage): object {
  return {
    id: "segbook:plotly",
    rendererFactory: {
      safe: true,
      mimeTypes: [plotlyMime],
      createRenderer: (options: RendererOptions) => createFigureWidget(widgets, options),
    },
    // Before text/html, and before the renderer of Python's plotly package, which leaves pictures in the notebook.
    rank: -1,
    dataType: "json",
  };
}

function createFigureWidget({ Widget }: WidgetsPackage, { sanitizer }: RendererOptions): RendererWidget {
  addStyle();
  const node = makeElement("div", { class: "segbook-figure" });
  const plot = node.appendChild(makeElement("div", { class: "segbook-plot" }));
  const beside = node.appendChild(makeElement("div", { class: "segbook-beside" }));
  const drawing = createDrawing(plot);
  const widget = new Widget({ node });
  const dispose = widget.dispose.bind(widget);
  return Object.assign(widget, {
    async renderModel({ data }: MimeModel): Promise<void> {
      const figure = data[plotlyMime];
      const { table, picture } = readTwin(data["text/html"], (html) => sanitizer.sanitize(html));
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-label", figureTitle(figure) || "Figure");
      beside.replaceChildren(...(table === null ? [] : [table]));
      drawing.show(figure, (reason) =>
        beside.prepend(refusal(reason), ...(picture === null ? [] : [picture])),
      );
    },
    dispose(): void {
      drawing.end();
      dispose();
    },
  });
}

function refusal(message: string): HTMLElement {
  return makeElement("p", { class: "segbook-refusal", text: message, attributes: { role: "note" } });
}
