import type { PageColours } from "./plotly-figure.js";

/** The colours of JupyterLab's present theme. */
export function pageColours(): PageColours {
  const text = getComputedStyle(document.body).getPropertyValue("--jp-content-font-color1").trim();
  return { isDark: document.body.dataset.jpThemeLight === "false", text: text || "#808080" };
}

/** Calls back after every change of theme; returns the way to end it. */
export function watchColours(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-name"] });
  return () => observer.disconnect();
}
