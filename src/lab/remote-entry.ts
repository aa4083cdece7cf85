// JupyterLab loads this file as a classic script and takes from it a container of webpack's kind: `init` hands over the
// packages that JupyterLab shares, `get` is asked for our modules. Everything else is an ES module beside it.
{
  const address = (document.currentScript as HTMLScriptElement).src;
  let shared: import("./jupyterlab.js").SharedPackages = {};
  const containers = window as unknown as { _JUPYTERLAB?: Record<string, unknown> };
  containers._JUPYTERLAB ??= {};
  containers._JUPYTERLAB.segbook = {
    init(packages: typeof shared): void {
      shared = packages;
    },
    async get(name: string): Promise<() => unknown> {
      const path = new URL("extensions.js", address).href;
      const extensions: typeof import("./extensions.js") = await import(path);
      const found = await extensions.openExtension(name, shared);
      return () => found;
    },
  };
}
