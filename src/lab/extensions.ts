import { figureRenderer } from "./figure-renderer.js";
import {
  type Application,
  type CoreUtilsPackage,
  type IconsPackage,
  loadShared,
  type NotebookPackage,
  type NotebookTracker,
  type SharedPackages,
  type WidgetsPackage,
} from "./jupyterlab.js";
import { overviewRenderer } from "./overview-renderer.js";
import { createPanel } from "./panel.js";

/** What JupyterLab asks our container for: `./mimeExtension`, the renderers, or `./extension`, the side panel. */
export async function openExtension(name: string, shared: SharedPackages): Promise<object> {
  const widgets = await loadShared<WidgetsPackage>(shared, "@lumino/widgets");
  const found = name === "./mimeExtension" ? renderers(widgets) : [await panelPlugin(shared, widgets)];
  return { __esModule: true, default: found };
}

function renderers(widgets: WidgetsPackage): object[] {
  return [figureRenderer(widgets), overviewRenderer(widgets)];
}

async function panelPlugin(shared: SharedPackages, widgets: WidgetsPackage): Promise<object> {
  const notebooks = await loadShared<NotebookPackage>(shared, "@jupyterlab/notebook");
  const icons = await loadShared<IconsPackage>(shared, "@jupyterlab/ui-components");
  const { PageConfig } = await loadShared<CoreUtilsPackage>(shared, "@jupyterlab/coreutils");
  return {
    id: "segbook:panel",
    autoStart: true,
    requires: [notebooks.INotebookTracker],
    activate(application: Application, tracker: NotebookTracker): void {
      const jupyter = { widgets, icons, notebooks, baseUrl: PageConfig.getBaseUrl(), application, tracker };
      application.shell.add(createPanel(jupyter), "left", { rank: 600 });
    },
  };
}
