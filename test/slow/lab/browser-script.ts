/** Runs in the page before anything else; text, because tests are compiled without the browser's types. */
export const browserScript = `
window.segbookTest = {
  panel: () => jupyterapp.shell.currentWidget,
  cells: () => [...segbookTest.panel().content.widgets].filter((cell) => cell.model.type === "code"),
  outputs: () =>
    segbookTest.cells().flatMap(({ model }) =>
      Array.from({ length: model.outputs.length }, (_, i) => model.outputs.get(i).toJSON()),
    ),
  isReady() {
    const panel = window.jupyterapp?.shell?.currentWidget;
    const kernel = panel?.sessionContext?.session?.kernel;
    return panel?.content?.widgets?.length > 0 && kernel?.status === "idle" && kernel.connectionStatus === "connected";
  },
  facts() {
    const outputs = segbookTest.outputs();
    const holds = (type) => outputs.filter(({ data }) => data?.[type] !== undefined).length;
    const page = segbookTest.panel().node;
    const isDrawn = (plot) => plot.querySelector(".main-svg") && plot.getBoundingClientRect().height > 60;
    const errors = outputs.filter(({ output_type }) => output_type === "error");
    return {
      figures: holds("application/vnd.plotly.v1+json"),
      drawn: [...page.querySelectorAll(".segbook-plot")].filter(isDrawn).length,
      overviews: holds("application/vnd.segbook.overview+json"),
      cardLists: page.querySelectorAll(".segbook-cards").length,
      errors: errors.map(({ ename, evalue }) => ename + ": " + evalue),
      notRun: segbookTest.cells().filter(({ model }) => model.executionCount === null && model.sharedModel.getSource().trim() !== "").length,
      isDirty: segbookTest.panel().context.model.dirty,
      isTrusted: segbookTest.cells().every(({ model }) => model.trusted),
      buttons: [...new Set([...page.querySelectorAll(".modebar-btn")].map((button) => button.dataset.title))],
      refusals: [...page.querySelectorAll(".segbook-refusal")].map((line) => line.textContent),
      pictures: outputs.filter(({ data }) => data?.["image/png"] !== undefined).length,
    };
  },
};
`;
