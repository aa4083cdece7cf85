/**
 * The page's own script, kept as text because it runs in the reader's browser: draws each figure when it comes near, in the
 * page's colours, again when these change, and all of them before printing; folds code; opens the contents where there is room.
 */
export const drawingScript: string = `"use strict";
(function () {
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var narrow = matchMedia("(max-width: 40rem)");
  var wide = matchMedia("(min-width: 70rem)");
  var exchange = JSON.parse(document.getElementById("dark-palette").textContent);
  var plots = Array.prototype.slice.call(document.querySelectorAll(".plot"));
  var printing = false;

  Plotly.setPlotConfig({ showSendToCloud: false, plotlyServerURL: "", displaylogo: false });

  function readFigure(plot) {
    var text = plot.nextElementSibling.textContent;
    if (dark.matches && !printing) {
      exchange.forEach(function (pair) { text = text.split(pair[0]).join(pair[1]); });
    }
    return JSON.parse(text);
  }

  function fitLayout(layout) {
    var margin = Object.assign({ t: 100, r: 80, b: 80, l: 80 }, layout.margin);
    layout.height = (layout.height || 450) - margin.t + 28;
    layout.margin = Object.assign({}, margin, { t: 28 });
    delete layout.title;
    delete layout.width;
    layout.autosize = true;
    layout.paper_bgcolor = "rgba(0,0,0,0)";
    layout.plot_bgcolor = "rgba(0,0,0,0)";
    layout.font = Object.assign({}, layout.font, { family: getComputedStyle(document.body).fontFamily });
    if (dark.matches && !printing) layout.font.color = "#e8eaed";
    if (narrow.matches && !printing) {
      layout.font.size = 11;
      layout.margin = Object.assign(layout.margin, { l: 0, r: 4 });
    }
    if (printing) { layout.autosize = false; layout.width = 640; }
    return layout;
  }

  function draw(plot) {
    var figure = readFigure(plot);
    plot.dataset.drawn = "yes";
    return Plotly.react(plot, figure.data, fitLayout(figure.layout), {
      responsive: true,
      displayModeBar: narrow.matches ? false : "hover",
      showSendToCloud: false,
      plotlyServerURL: "",
      displaylogo: false,
      scrollZoom: false,
      doubleClick: false
    });
  }

  function redraw() {
    plots.forEach(function (plot) { if (plot.dataset.drawn) draw(plot); });
  }

  function drawNear(entries, observer) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      observer.unobserve(entry.target);
      if (!entry.target.dataset.drawn) draw(entry.target);
    });
  }

  var near = new IntersectionObserver(drawNear, { rootMargin: "600px" });
  plots.forEach(function (plot) {
    plot.style.minHeight = fitLayout(readFigure(plot).layout).height + "px";
    near.observe(plot);
  });

  dark.addEventListener("change", redraw);
  narrow.addEventListener("change", redraw);
  addEventListener("beforeprint", function () { printing = true; plots.forEach(draw); });
  addEventListener("afterprint", function () { printing = false; redraw(); });

  var contents = document.querySelector(".contents details");
  contents.open = wide.matches;
  wide.addEventListener("change", function () { contents.open = wide.matches; });
  var links = {};
  contents.querySelectorAll("a").forEach(function (link) { links[link.hash.slice(1)] = link; });
  var current;
  var reading = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      var link = links[entry.target.id] || links[entry.target.getAttribute("aria-labelledby")];
      if (!entry.isIntersecting || !link) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      link.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("section, article").forEach(function (part) { reading.observe(part); });

  var allCode = document.querySelector(".all-code");
  if (allCode) {
    allCode.hidden = false;
    allCode.addEventListener("click", function () {
      var open = allCode.getAttribute("aria-pressed") !== "true";
      allCode.setAttribute("aria-pressed", String(open));
      allCode.textContent = open ? "Hide all code" : "Show all code";
      document.querySelectorAll("details.code").forEach(function (code) { code.open = open; });
    });
  }
})();
`;
