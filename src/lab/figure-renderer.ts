import { readTwin } from "./html-twin.js";
import type { MimeModel, RendererOptions, RendererWidget, WidgetsPackage } from "./jupyterlab.js";
import { loadPlotly, type Plotly } from "./load-plotly.js";
import { pageColours, watchColours } from "./page-colours.js";
import { figureTitle, readFigure } from "./plotly-figure.js";
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
  const node = element("div", "segbook-figure");
  const plot = node.appendChild(element("div", "segbook-plot"));
  const beside = node.appendChild(element("div", "segbook-beside"));
  const drawing = createDrawing(plot, (message) => beside.prepend(refusal(message)));
  const widget = new Widget({ node });
  const dispose = widget.dispose.bind(widget);
  return Object.assign(widget, {
    async renderModel({ data }: MimeModel): Promise<void> {
      const figure = data[plotlyMime];
      const { table, picture } = readTwin(data["text/html"], (html) => sanitizer.sanitize(html));
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-label", figureTitle(figure) || "Figure");
      beside.replaceChildren(...(table === null ? [] : [table]));
      drawing.show(figure, () => picture !== null && beside.prepend(picture));
    },
    dispose(): void {
      drawing.end();
      dispose();
    },
  });
}

/** One figure in one place: drawn once the place has a width, again when that or the theme changes. */
interface Drawing {
  /** `instead` is called where the figure cannot be drawn. */
  show(figure: unknown, instead: () => void): void;
  end(): void;
}

function createDrawing(plot: HTMLElement, refuse: (message: string) => void): Drawing {
  let figure: unknown;
  let instead: () => void = () => {};
  let plotly: Plotly | undefined;
  let width = 0;
  let isEnded = false;

  async function draw(): Promise<void> {
    try {
      const { data, layout, config, bundle } = readFigure(figure, pageColours());
      plot.style.minHeight = `${layout.height}px`;
      plotly = await loadPlotly(bundle);
      if (!isEnded) await plotly.react(plot, data, layout, config);
    } catch (error) {
      if (isEnded) return;
      plot.style.minHeight = "";
      plotly?.purge(plot);
      instead();
      refuse(error instanceof Error ? error.message : String(error));
    }
  }

  const sizes = new ResizeObserver(() => {
    if (plot.clientWidth === 0 || plot.clientWidth === width) return;
    const isFirst = width === 0;
    width = plot.clientWidth;
    if (isFirst) void draw();
    else if (plot.querySelector(".main-svg") !== null) void plotly?.Plots.resize(plot);
  });
  sizes.observe(plot);
  const endColours = watchColours(() => {
    if (width > 0) void draw();
  });
  return {
    show(newFigure, newInstead): void {
      figure = newFigure;
      instead = newInstead;
      if (width > 0) void draw();
    },
    end(): void {
      isEnded = true;
      sizes.disconnect();
      endColours();
      plotly?.purge(plot);
    },
  };
}

function refusal(message: string): HTMLElement {
  const line = element("p", "segbook-refusal");
  line.setAttribute("role", "note");
  line.textContent = message;
  return line;
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
