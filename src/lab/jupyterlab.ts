// The parts of JupyterLab 4 and Notebook 7 that we touch. Their packages are not installed: they come at run time.

/** Webpack's shared packages: name, then version. */
export type SharedPackages = Readonly<Record<string, Readonly<Record<string, SharedVersion>>>>;

interface SharedVersion {
  readonly get: () => Promise<() => unknown>;
  readonly loaded?: number | boolean;
}

/** A package that JupyterLab shares; the version already in use where there are several. */
export async function loadShared<Package>(shared: SharedPackages, name: string): Promise<Package> {
  const versions = Object.values(shared[name] ?? {});
  const chosen = versions.find(({ loaded }) => loaded) ?? versions.at(-1);
  if (chosen === undefined) throw new Error(`loadShared: JupyterLab must share ${name}, got nothing`);
  return (await chosen.get())() as Package;
}

export interface Signal<Value = unknown> {
  connect(slot: (sender: unknown, value: Value) => void): boolean;
  disconnect(slot: (sender: unknown, value: Value) => void): boolean;
}

export interface LuminoWidget {
  readonly node: HTMLElement;
  id: string;
  readonly isDisposed: boolean;
  readonly isVisible: boolean;
  readonly title: { icon: unknown; caption: string };
  dispose(): void;
  onAfterShow?: () => void;
}

export interface WidgetsPackage {
  readonly Widget: new (options: { readonly node: HTMLElement }) => LuminoWidget;
}

export interface IconsPackage {
  readonly LabIcon: new (options: { readonly name: string; readonly svgstr: string }) => unknown;
}

/** One output as a renderer receives it. */
export interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>;
}

export interface RendererOptions {
  readonly mimeType: string;
  readonly sanitizer: { sanitize(html: string): string };
}

/** A renderer is a widget with one more method. */
export type RendererWidget = LuminoWidget & { renderModel(model: MimeModel): Promise<void> };

export interface Application {
  readonly commands: { execute(id: string, values?: object): Promise<unknown> };
  readonly shell: {
    add(widget: LuminoWidget, area: string, options: { readonly rank: number }): void;
    activateById(id: string): void;
  };
}

export interface NotebookTracker {
  readonly currentWidget: NotebookPanel | null;
  readonly currentChanged: Signal;
}

export interface NotebookPanel extends LuminoWidget {
  readonly content: {
    readonly widgets: readonly CellWidget[];
    activeCellIndex: number;
    scrollToItem(index: number, align?: string): Promise<void>;
  };
  readonly context: { readonly localPath: string; readonly ready: Promise<void> };
  readonly model: NotebookModel | null;
  readonly sessionContext: SessionContext;
}

export interface NotebookModel {
  readonly contentChanged: Signal;
  readonly sharedModel: {
    insertCell(index: number, cell: object): unknown;
    deleteCell(index: number): void;
  };
}

export interface CellWidget {
  readonly model: {
    readonly type: string;
    readonly id: string;
    readonly sharedModel: { getSource(): string; setSource(text: string): void };
    getMetadata(key: string): unknown;
    readonly outputs?: { readonly length: number; get(index: number): MimeModel & { readonly type: string } };
  };
}

export interface SessionContext {
  readonly session: { readonly kernel: KernelConnection | null } | null;
  readonly kernelChanged: Signal;
  readonly statusChanged: Signal<string>;
}

export interface KernelConnection {
  readonly spec: Promise<{ readonly language: string; readonly display_name: string } | undefined>;
  readonly status: string;
  readonly connectionStatus: string;
  createComm(target: string): Comm;
  interrupt(): Promise<void>;
}

export interface Comm {
  onMsg: (message: { readonly content: { readonly data: unknown } }) => void;
  onClose: () => void;
  open(data: unknown): unknown;
  close(): unknown;
}

/** Told after each cell that has run. */
export interface CellExecuted {
  readonly notebook: unknown;
  readonly cell: CellWidget;
  readonly success: boolean;
  readonly error?: { readonly errorName?: string; readonly errorValue?: string } | null;
}

export interface NotebookPackage {
  readonly INotebookTracker: unknown;
  readonly NotebookActions: { readonly executed: Signal<CellExecuted> };
}

export interface CoreUtilsPackage {
  readonly PageConfig: { getBaseUrl(): string };
}

/** What the panel needs of JupyterLab. */
export interface Jupyter {
  readonly widgets: WidgetsPackage;
  readonly icons: IconsPackage;
  readonly notebooks: NotebookPackage;
  readonly application: Application;
  readonly tracker: NotebookTracker;
  /** Address of the server, with a slash at its end. */
  readonly baseUrl: string;
}
