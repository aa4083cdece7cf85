import type { SegmentOverview } from "../segments/segment-card.js";

// What the Segments panel in JupyterLab and the kernel say to each other: plain data, known to both sides.

/** Name of the comm target under which the kernel answers. */
export const panelTarget = "segbook.panel";

/** What the panel asks. */
export type PanelRequest =
  | {
      readonly kind: "parameters";
      /** Text of the cell tagged `parameters`. */
      readonly source: string;
      /** Text of the cell tagged `injected-parameters`; empty if there is none. */
      readonly injected: string;
    }
  | {
      readonly kind: "check";
      readonly source: string;
      /** As typed, for each field whose value is not the default: `[name, text]`. */
      readonly values: readonly (readonly [name: string, text: string])[];
    }
  | { readonly kind: "lastRun" };

/** What the kernel answers. */
export type PanelAnswer = ParametersAnswer | CheckAnswer | LastRunAnswer | PanelFault;

export interface ParametersAnswer {
  readonly kind: "parameters";
  readonly fields: readonly PanelField[];
}

export interface CheckAnswer {
  readonly kind: "check";
  /** Text of the cell to put after the parameters; empty: no such cell is needed. */
  readonly injected: string;
  /** What is wrong with which field, as `[name, sentence]`; while there is any, nothing may be run. */
  readonly faults: readonly (readonly [name: string, fault: string])[];
}

export interface LastRunAnswer {
  readonly kind: "lastRun";
  /** The newest finished run of `segbook run` in a folder called `reports` beside or above the notebook. */
  readonly run: LastRun | null;
}

/** The request could not be answered; a sentence for the person at the panel. */
export interface PanelFault {
  readonly kind: "fault";
  readonly message: string;
}

/** Paths are relative to the kernel's folder, which is that of its notebook. */
export interface LastRun {
  /** Name of its folder, such as `sample-shop-2026-03-31`. */
  readonly name: string;
  readonly report: string | null;
  readonly definition: string | null;
  readonly overview: SegmentOverview | null;
}

/** One parameter as a form shows it. */
export interface PanelField {
  readonly name: string;
  readonly control: "text" | "number" | "checkbox" | "select" | "date" | "secret";
  /** For `select`: the texts to choose from. */
  readonly choices: readonly string[];
  /** The default and the present value, as they would be typed after `-p name=`; a secret has none. */
  readonly defaultText: string;
  readonly text: string;
  /** The type as it is written. */
  readonly typeText: string;
  readonly unit: string;
  /** Smallest and largest number; null where a side is open. */
  readonly least: number | null;
  readonly most: number | null;
  readonly meaning: string;
  readonly isRequired: boolean;
  /** Environment variable from which a secret is read; empty for others. */
  readonly secretFrom: string;
}
