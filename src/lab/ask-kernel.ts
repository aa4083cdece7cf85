import { type PanelAnswer, type PanelRequest, panelTarget } from "../kernel/panel-messages.js";
import type { KernelConnection } from "./jupyterlab.js";

/** Longest wait for an answer: the kernel answers while a cell computes, so a silent one does not know us. */
const waitMilliseconds = 10_000;

/**
 * Asks the kernel of a notebook, also while a cell computes.
 * @throws Error with a sentence for the reader if the kernel does not answer or refuses.
 */
export function askKernel<Kind extends PanelRequest["kind"]>(
  kernel: KernelConnection,
  request: Extract<PanelRequest, { readonly kind: Kind }>,
): Promise<Extract<PanelAnswer, { readonly kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const give = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(why));
    };
    const timer = setTimeout(() => give("The kernel does not answer."), waitMilliseconds);
    const comm = kernel.createComm(panelTarget);
    comm.onMsg = ({ content }) => {
      comm.onClose = () => {};
      comm.close();
      clearTimeout(timer);
      const answer = content.data as PanelAnswer;
      if (answer.kind === "fault") give(answer.message);
      else resolve(answer as Extract<PanelAnswer, { readonly kind: Kind }>);
    };
    comm.onClose = () => give("The kernel of this notebook is not segbook's.");
    comm.open(request);
  });
}
