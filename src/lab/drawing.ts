import { loadPlotly, type Plotly } from "./load-plotly.js";
import { pageColours, watchColours } from "./page-colours.js";
import { readFigure } from "./plotly-figure.js";

/** One figure in one place: drawn once the place has a width, again when that or the theme changes. */
export interface Drawing {
  /** `instead` is called where the figure cannot be drawn, with the reason in words. */
  show(figure: unknown, instead: (reason: string) => void): void;
  end(): void;
}

/** Makes a drawing in an element of the page. */
export function createDrawing(plot: HTMLElement): Drawing {
  let figure: unknown;
  let instead: ((reason: string) => void) | undefined;
  let plotly: Plotly | undefined;
  let isEnded = false;

  async function draw(): Promise<void> {
    if (instead === undefined || plot.clientWidth === 0) return;
    try {
      const { data, layout, config, bundle } = readFigure(figure, pageColours());
      plot.style.minHeight = `${layout.height}px`;
      plotly = await loadPlotly(bundle);
      if (!isEnded) await plotly.react(plot, data, layout, config);
    } catch (error) {
      if (!isEnded) refuse(error instanceof Error ? error.message : String(error));
    }
  }

  /** What was refused once is not tried again. */
  function refuse(reason: string): void {
    plot.style.minHeight = "";
    plotly?.purge(plot);
    instead?.(reason);
    instead = undefined;
  }

  const ends = [watchColours(() => void draw()), watchWidth(plot, () => void draw())];
  return {
    show(newFigure, newInstead): void {
      figure = newFigure;
      instead = newInstead;
      void draw();
    },
    end(): void {
      isEnded = true;
      for (const end of ends) end();
      plotly?.purge(plot);
    },
  };
}

/** Calls back whenever an element has got another width that is not 0; returns the way to end it. */
function watchWidth(element: HTMLElement, changed: () => void): () => void {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (element.clientWidth === 0 || element.clientWidth === width) return;
    width = element.clientWidth;
    changed();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
