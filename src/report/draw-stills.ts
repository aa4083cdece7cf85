import { type HeadlessOptions, type HeadlessPage, withHeadlessPage } from "./headless-browser.js";

/** Draws all figures as for printing, and waits for the last. A page without figures is ready at once. */
export async function drawEverything(page: HeadlessPage): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    dispatchEvent(new Event("beforeprint"));
    const plots = [...document.querySelectorAll(".plot")];
    const look = () => plots.every((plot) => /yes|no/.test(plot.dataset.drawn)) ? setTimeout(done, 100) : setTimeout(look, 20);
    look();
  })`);
}

/**
 * Still pictures of the figures of a report that have none, for readers whose scripts are off: drawn by a browser without a window.
 *
 * @param html - A report as {@link renderReport} made it.
 * @returns Data addresses (WebP) by the figure's id.
 * @throws MachineError if the browser fails or takes too long.
 */
export function drawStills(html: string, options: HeadlessOptions): Promise<ReadonlyMap<string, string>> {
  return withHeadlessPage(options, async (page) => {
    await page.show(html);
    await drawEverything(page);
    const stills = await page.evaluate(`(async () => {
      const stills = [];
      for (const plot of document.querySelectorAll(".plot[data-drawn=yes]")) {
        const figure = plot.parentNode;
        if (figure.querySelector("noscript")) continue;
        const size = { width: 720, height: plot.layout.height, scale: 1.5, imageDataOnly: false };
        const source = await Plotly.toImage({ data: plot.data, layout: { ...plot.layout, paper_bgcolor: "#ffffff" }, config: plot._context }, { format: "webp", ...size });
        stills.push([figure.id, source]);
      }
      return stills;
    })()`);
    return new Map(stills as readonly (readonly [string, string])[]);
  });
}

/** Whether a report holds figures without a still picture. */
export function needsStills(html: string): boolean {
  return /<div class="plot"[^>]*><\/div>\n<script type="application\/json">[^<]*<\/script>\n(?!<noscript>)/.test(
    html,
  );
}
