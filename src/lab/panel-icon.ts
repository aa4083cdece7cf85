/** Three segments of different size; takes the colours of JupyterLab's other icons. */
export const panelIcon = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
<g class="jp-icon3 jp-icon-selectable" fill="#616161">
<circle cx="8" cy="9" r="5.5"/><circle cx="17.5" cy="7" r="3.5"/><circle cx="15.5" cy="17" r="4.5"/>
</g></svg>`;
