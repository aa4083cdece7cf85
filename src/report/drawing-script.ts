import { figureDress } from "./figure-dress.js";

/**
 * The page's own script for figures, kept as text because it runs in the reader's browser: unpacks plotly once the page stands,
 * draws the first figure at once and each other when it comes near, in the page's colours, again when these change, and all
 * of them before printing. A figure that cannot be drawn gives way to its still picture.
 */
export const drawingScript: string = `"use strict";
(function () {
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var narrow = matchMedia("(max-width: 40rem)");
  // Prose may have ids of its own, but no scripts.
  var palettes = JSON.parse(document.querySelector("script#palettes").textContent);
  var plots = Array.prototype.slice.call(document.querySelectorAll(".plot"));
  var printing = false;

  // Plotly writes some styles as attributes, which the page's policy forbids; through the object model it allows them.
  var setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
${figureDress}
  function unpackPlotly() {
    var holder = document.querySelector("script#plotly-bundle");
    var packed = atob(holder.textContent);
    holder.remove();
    var bytes = new Uint8Array(packed.length);
    for (var i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    var unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(unpacked).text().then(function (source) {
      // Plotly puts in the style sheet of a map library that no figure here uses, unless an element with its id is there.
      var sheet = document.createElement("meta");
      sheet.id = (/getElementById\\("([0-9a-f]{64})"\\)/.exec(source) || [])[1] || "";
      var script = document.createElement("script");
      script.textContent = source;
      document.head.append(sheet, script);
      Plotly.setPlotConfig({ showSendToCloud: false, plotlyServerURL: "", displaylogo: false });
    });
  }

  function draw(plot) {
    var figure = readFigure(plot);
    plot.dataset.drawn = "begun";
    figure.config = {
      responsive: true,
      displayModeBar: narrow.matches ? false : "hover",
      showSendToCloud: false,
      plotlyServerURL: "",
      displaylogo: false,
      scrollZoom: false,
      doubleClick: false
    };
    return Promise.resolve()
      .then(function () { return Plotly.react(plot, figure); })
      .then(function () { describe(plot); }, function () { giveWay(plot); });
  }

  /** The picture is one image by the name of its figure; its toolbar stays a toolbar, which an image could not hold. */
  function describe(plot) {
    plot.querySelectorAll("svg.main-svg, canvas").forEach(function (layer, i) {
      if (i > 0) { layer.setAttribute("aria-hidden", "true"); return; }
      layer.setAttribute("role", "img");
      layer.setAttribute("aria-labelledby", plot.parentNode.getAttribute("aria-labelledby"));
    });
    plot.dataset.drawn = "yes";
  }

  function drawAll() {
    plots.forEach(draw);
  }

  function redraw() {
    plots.forEach(function (plot) { if (/begun|yes/.test(plot.dataset.drawn)) draw(plot); });
  }

  /** The still picture was kept for readers without scripts; its text is the page's own and clean. */
  function giveWay(plot) {
    var still = plot.parentNode.querySelector("noscript");
    plot.dataset.drawn = "no";
    plot.style.minHeight = "";
    plot.innerHTML = still ? still.textContent : "<p class=\\"aside\\">This browser cannot draw this figure; its numbers stand below.</p>";
  }

  function drawNear(entries, observer) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      observer.unobserve(entry.target);
      if (!entry.target.dataset.drawn) draw(entry.target);
    });
  }

  function begin() {
    if (printing) drawAll();
    else draw(plots[0]);
    var near = new IntersectionObserver(drawNear, { rootMargin: "600px" });
    plots.forEach(function (plot) { near.observe(plot); });
    dark.addEventListener("change", redraw);
    narrow.addEventListener("change", redraw);
    document.documentElement.dataset.plotly = "ready";
  }

  addEventListener("beforeprint", function () {
    if (printing) return;
    printing = true;
    if (window.Plotly) drawAll();
  });
  addEventListener("afterprint", function () {
    printing = false;
    if (window.Plotly) redraw();
  });

  plots.forEach(function (plot) { plot.style.minHeight = readFigure(plot).layout.height + "px"; });
  setTimeout(function () {
    Promise.resolve().then(unpackPlotly).then(begin).catch(function () { plots.forEach(giveWay); });
  });
})();
`;
