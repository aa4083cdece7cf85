/**
 * The part of the drawing script that fits a figure into the page: its width, its paper, its colours. Our own charts name
 * theme colours, which are exchanged on a dark page; of other people's figures (`data-guest`) only what shows the ground is
 * dressed: paper, grid, and words that would be dark on dark.
 */
export const figureDress: string = `
  var clear = "rgba(0,0,0,0)";

  function readFigure(plot) {
    var isGuest = plot.dataset.guest !== undefined;
    var isDark = dark.matches && !printing;
    var text = plot.nextElementSibling.textContent;
    if (isDark && !isGuest) {
      Object.keys(palettes.light).forEach(function (role) {
        text = text.split(palettes.light[role]).join(palettes.dark[role]);
      });
    }
    var figure = JSON.parse(text);
    figure.layout = figure.layout || {};
    if (isGuest) dressGuest(figure, isDark);
    figure.layout = fitLayout(figure.layout, isDark, isGuest ? spaceAbove(figure) : 28);
    return figure;
  }

  /** Buttons and the names of parallel axes stand above the plot; a title does not, since the caption has it. */
  function spaceAbove(figure) {
    if (figure.layout.updatemenus) return figure.layout.margin.t || 100;
    return hasParallelAxes(figure) ? 64 : 28;
  }

  function hasParallelAxes(figure) {
    return figure.data.some(function (trace) { return /^par/.test(trace.type); });
  }

  function fitLayout(layout, isDark, top) {
    var margin = Object.assign({ t: 100, r: 80, b: 80, l: 80 }, layout.margin);
    layout.height = Math.max(160, (layout.height || 450) - margin.t + top);
    layout.margin = Object.assign({}, margin, { t: top });
    delete layout.title;
    delete layout.width;
    layout.autosize = true;
    // Clear, but of the page's lightness: plotly takes its colours for flows and labels from it.
    layout.paper_bgcolor = layout.plot_bgcolor = isDark ? clear : "rgba(255,255,255,0)";
    layout.font = Object.assign({}, layout.font, { family: getComputedStyle(document.body).fontFamily });
    if (isDark) layout.font.color = palettes.dark.ink;
    if (narrow.matches && !printing) {
      layout.font.size = 11;
      layout.margin = Object.assign(layout.margin, { l: 0, r: 4 });
    }
    if (printing) { layout.autosize = false; layout.width = 640; }
    return layout;
  }

  function dressGuest(figure, isDark) {
    var colours = isDark ? palettes.dark : palettes.light;
    var layout = figure.layout;
    var side = hasParallelAxes(figure) ? 56 : 16;
    layout.margin = Object.assign({ r: side, b: 40, l: side }, layout.margin);
    var line = { gridcolor: colours.grid, linecolor: colours.band, zerolinecolor: colours.band };
    var bare = Object.assign({ backgroundcolor: clear }, line);
    var ground = { bgcolor: clear, radialaxis: line, angularaxis: line, aaxis: line, baxis: line, caxis: line };
    var template = Object.assign({}, layout.template);
    template.layout = Object.assign({}, template.layout, {
      font: { color: colours.ink },
      xaxis: Object.assign({ automargin: true }, (template.layout || {}).xaxis, line),
      yaxis: Object.assign({ automargin: true }, (template.layout || {}).yaxis, line),
      polar: ground, ternary: ground, smith: ground,
      scene: { xaxis: bare, yaxis: bare, zaxis: bare }
    });
    layout.template = template;
    if (narrow.matches && !printing) layout.legend = Object.assign({}, layout.legend, { orientation: "h", x: 0, y: -0.2, xanchor: "left", yanchor: "top" });
    if (!isDark) return;
    dropFontColours(layout);
    figure.data.forEach(function (trace) {
      if (trace.type !== "table") return;
      ["header", "cells"].forEach(function (part) {
        trace[part] = Object.assign({}, trace[part], {
          fill: { color: clear }, line: { color: colours.band }, font: { color: colours.ink }
        });
      });
    });
  }

  function dropFontColours(part) {
    if (part === null || typeof part !== "object") return;
    Object.keys(part).forEach(function (key) {
      if (/font$/.test(key) && part[key]) delete part[key].color;
      if (key !== "template") dropFontColours(part[key]);
    });
  }
`;
