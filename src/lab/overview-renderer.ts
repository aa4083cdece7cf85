import type { MimeModel, RendererWidget, WidgetsPackage } from "./jupyterlab.js";
import { isOverview, segmentCards } from "./segment-cards.js";
import { addStyle } from "./style.js";

export const overviewMime = "application/vnd.segbook.overview+json";

/** Shows the segments of a run as cards. */
export function overviewRenderer({ Widget }: WidgetsPackage): object {
  const createRenderer = (): RendererWidget => {
    addStyle();
    const node = document.createElement("div");
    return Object.assign(new Widget({ node }), {
      async renderModel({ data }: MimeModel): Promise<void> {
        const overview = data[overviewMime];
        if (isOverview(overview)) node.replaceChildren(segmentCards(overview));
        else node.textContent = "This output holds no segments.";
      },
    });
  };
  return {
    id: "segbook:overview",
    rendererFactory: { safe: true, mimeTypes: [overviewMime], createRenderer },
    rank: -1,
    dataType: "json",
  };
}
