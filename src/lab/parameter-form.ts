import type { PanelField } from "../kernel/panel-messages.js";
import { makeElement } from "./make-element.js";

/** The parameters of a notebook as fields to fill in. */
export interface ParameterForm {
  readonly element: HTMLElement;
  /** Name and text of every field that differs from the notebook's own value. */
  values(): readonly (readonly [name: string, text: string])[];
  /** Shows what is wrong beside its field and puts the cursor into the first; an empty list takes it all away. */
  showFaults(faults: readonly (readonly [name: string, fault: string])[]): void;
}

type Control = HTMLInputElement | HTMLSelectElement;

interface Row {
  readonly field: PanelField;
  readonly control: Control;
  readonly fault: HTMLElement;
  /** What the notebook itself says, shown while the field says something else. */
  readonly own: HTMLElement;
  readonly element: HTMLElement;
}

/** Makes the form; `submit` is called when Enter is pressed in a field. */
export function createParameterForm(fields: readonly PanelField[], submit: () => void): ParameterForm {
  const rows = fields.map(createRow);
  const element = makeElement("form", { class: "segbook-form" }, ...rows.map((row) => row.element));
  element.noValidate = true;
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  // Browsers submit a form of several fields on Enter only if it has a button.
  const button = makeElement("button", { attributes: { type: "submit", hidden: "" } });
  element.append(button);
  return {
    element,
    values: () =>
      rows.flatMap(({ field, control }) => {
        const text = textOf(control);
        return field.control === "secret" || text === field.defaultText ? [] : [[field.name, text] as const];
      }),
    showFaults(faults): void {
      const byName = new Map(faults);
      for (const row of rows) showFault(row, byName.get(row.field.name) ?? "");
      rows.find(({ field }) => byName.has(field.name))?.control.focus();
    },
  };
}

function createRow(field: PanelField, index: number): Row {
  const id = `segbook-field-${index}`;
  const control = createControl(field);
  control.id = id;
  control.setAttribute("aria-describedby", `${id}-fault ${id}-help`);
  const label = makeElement("label", { attributes: { for: id } });
  label.append(makeElement("span", { class: "segbook-name", text: field.name }));
  const unit = [field.unit, field.isRequired ? "required" : ""].filter((part) => part !== "").join(", ");
  if (unit !== "") label.append(makeElement("span", { class: "segbook-unit", text: unit }));
  const fault = makeElement("p", { class: "segbook-fault", attributes: { id: `${id}-fault` } });
  const help = makeElement("p", {
    class: "segbook-help",
    text: helpOf(field),
    attributes: { id: `${id}-help` },
  });
  const own = makeElement("p", {
    class: "segbook-help",
    text: `The notebook says ${field.defaultText || "nothing"}.`,
  });
  const kind = field.control === "checkbox" ? "segbook-field segbook-check" : "segbook-field";
  const element = makeElement("div", { class: kind }, label, control, fault, help, own);
  const row = { field, control, fault, own, element };
  showOwn(row);
  control.addEventListener("input", () => {
    showFault(row, "");
    showOwn(row);
  });
  return row;
}

function createControl(field: PanelField): Control {
  if (field.control === "select") {
    const choices = field.choices.map((choice) => new Option(choice, choice, false, choice === field.text));
    return makeElement("select", {}, ...choices);
  }
  const input = makeElement("input", { attributes: { autocomplete: "off", spellcheck: "false" } });
  if (field.control === "checkbox") {
    input.type = "checkbox";
    input.checked = field.text === "true";
    return input;
  }
  if (field.control === "number" || field.control === "date") input.type = field.control;
  if (field.control === "number") {
    input.step = "any";
    input.min = String(field.least ?? "");
    input.max = String(field.most ?? "");
  }
  input.disabled = field.control === "secret";
  if (field.control === "secret") input.placeholder = "from the environment";
  else input.placeholder = field.typeText === "string" ? "" : field.typeText;
  input.value = field.text;
  return input;
}

function helpOf(field: PanelField): string {
  const meaning = sentence(field.meaning);
  if (field.control === "secret")
    return `${meaning} Set ${field.secretFrom} in the environment of Jupyter.`.trim();
  return [meaning, limitsOf(field)].filter((part) => part !== "").join(" ");
}

function limitsOf({ least, most }: PanelField): string {
  if (least !== null && most !== null) return `${least} to ${most}.`;
  if (least !== null) return `At least ${least}.`;
  return most === null ? "" : `At most ${most}.`;
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun === "" || /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function textOf(control: Control): string {
  if (control instanceof HTMLInputElement && control.type === "checkbox") return String(control.checked);
  // A number field hides what it cannot read; the kernel says what is wrong with it.
  if (control.value === "" && control.validity.badInput) return "not a number";
  return control.value;
}

function showOwn({ field, control, own }: Row): void {
  own.hidden = field.control === "secret" || field.isRequired || textOf(control) === field.defaultText;
}

function showFault({ control, fault }: Row, text: string): void {
  fault.textContent = text;
  control.setAttribute("aria-invalid", String(text !== ""));
}
