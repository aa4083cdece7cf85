/** Adds our style to the page once. Colours are JupyterLab's own, so that every theme fits. */
export function addStyle(): void {
  if (document.getElementById("segbook-style") !== null) return;
  const style = document.createElement("style");
  style.id = "segbook-style";
  style.textContent = css;
  document.head.append(style);
}

const css = `
.segbook-figure { padding: 4px 0; min-width: 0; overflow: hidden; }
.segbook-plot { width: 100%; }
.segbook-beside summary { cursor: pointer; color: var(--jp-ui-font-color2); }
.segbook-beside img { max-width: 100%; }
.segbook-refusal { margin: 4px 0; padding-left: 8px; border-left: 3px solid var(--jp-warn-color1); }
.segbook-panel {
  height: 100%; box-sizing: border-box; overflow-y: auto; padding: 12px; min-width: 220px;
  color: var(--jp-ui-font-color1); background: var(--jp-layout-color1);
  font-size: var(--jp-ui-font-size1); line-height: 1.45; overflow-wrap: anywhere;
}
.segbook-panel h2 { margin: 0 0 8px; font-size: var(--jp-ui-font-size2); font-weight: 600; }
.segbook-panel h3 { margin: 20px 0 8px; font-size: var(--jp-ui-font-size1); font-weight: 600; }
.segbook-panel p { margin: 0; }
.segbook-panel [hidden] { display: none; }
.segbook-panel :focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
p.segbook-note:not(:empty) { margin: 8px 0; }
.segbook-note { color: var(--jp-ui-font-color2); }
.segbook-field { margin: 0 0 12px; }
.segbook-field label { display: flex; justify-content: space-between; gap: 8px; margin-bottom: 2px; }
.segbook-name { font-weight: 600; margin-right: auto; }
.segbook-unit, .segbook-help, .segbook-path, .segbook-size { color: var(--jp-ui-font-color2); }
.segbook-help, .segbook-unit, .segbook-fault { font-size: var(--jp-ui-font-size0); }
.segbook-field input:not([type=checkbox]), .segbook-field select {
  width: 100%; box-sizing: border-box; padding: 4px 6px; font: inherit; color: inherit;
  background: var(--jp-layout-color0); border: 1px solid var(--jp-border-color1); border-radius: 3px;
}
.segbook-field [aria-invalid=true] { border-color: var(--jp-error-color1); }
.segbook-check { display: grid; grid-template-columns: auto 1fr; column-gap: 8px; align-items: center; }
.segbook-check input { grid-area: 1 / 1; margin: 0; }
.segbook-check label { grid-area: 1 / 2; margin: 0; }
.segbook-check p { grid-column: 1 / 3; }
.segbook-fault { color: var(--jp-error-color1); }
.segbook-fault:empty { display: none; }
.segbook-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0; }
.segbook-button {
  padding: 5px 12px; font: inherit; color: inherit; cursor: pointer;
  background: var(--jp-layout-color2); border: 1px solid var(--jp-border-color1); border-radius: 3px;
}
.segbook-button:hover { background: var(--jp-layout-color3); }
.segbook-button:disabled { opacity: 0.5; cursor: default; }
.segbook-main { color: #fff; background: #0b57a4; border-color: #0b57a4; }
.segbook-main:hover { background: #08427d; }
.segbook-outcome, .segbook-last > .segbook-note { margin: 8px 0 !important; }
.segbook-run progress { width: 100%; height: 6px; accent-color: #0072b2; }
.segbook-progress { display: flex; justify-content: space-between; align-items: center; gap: 8px; }
.segbook-link { padding: 0; background: none; border: 0; color: var(--jp-content-link-color); text-decoration: underline; }
.segbook-link:hover { background: none; }
.segbook-files { margin: 0; padding: 0; list-style: none; }
.segbook-files a { color: var(--jp-content-link-color); text-decoration: underline; }
.segbook-overview { color: var(--jp-content-font-color1); }
.segbook-headline { margin: 0 0 8px; }
.segbook-cards {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 20px 24px;
  margin: 12px 0 0; padding: 0; list-style: none;
}
.segbook-card { border-left: 4px solid var(--segment); padding-left: 10px; min-width: 0; }
.segbook-card h4 { margin: 0; font-size: 1.08em; font-weight: 600; }
.segbook-card p { margin: 0; }
.segbook-card ul { margin: 6px 0; padding-left: 16px; list-style: disc; }
.segbook-card li { margin: 0; }
.segbook-measure { margin-top: 4px !important; font-variant-numeric: tabular-nums; }
.segbook-bar {
  display: block; height: 6px; margin-top: 1px; border-radius: 3px;
  background: linear-gradient(var(--segment) 0 0) 0 / var(--share) 100% no-repeat var(--jp-layout-color3);
}
.segbook-verdict summary { cursor: pointer; margin-top: 6px; }
.segbook-verdict p { color: var(--jp-ui-font-color2); }
.segbook-action { font-style: italic; }
`;
