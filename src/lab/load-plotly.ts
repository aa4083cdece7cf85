/** What we use of plotly.js. */
export interface Plotly {
  react(
    node: HTMLElement,
    data: readonly unknown[],
    layout: Readonly<Record<string, unknown>>,
    config: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
  purge(node: HTMLElement): void;
}

/** Plotly's bundles that are installed beside us, by what they can draw. */
export type PlotlyBundle = "cartesian" | "strict";

const loading = new Map<PlotlyBundle, Promise<Plotly>>();

/** Loads a bundle when the first figure needs it. */
export function loadPlotly(bundle: PlotlyBundle): Promise<Plotly> {
  const started = loading.get(bundle) ?? importPlotly(bundle);
  loading.set(bundle, started);
  return started;
}

async function importPlotly(bundle: PlotlyBundle): Promise<Plotly> {
  const path = new URL(`../plotly-${bundle}.js`, import.meta.url).href;
  const module: { readonly plotly: Plotly } = await import(path);
  return module.plotly;
}
