import type { Parameter } from "../parameters/parameter.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import type { PanelField } from "./panel-messages.js";

/** Parameters as fields of a form, in order; `present` holds the values that an earlier injection gave. */
export function panelFields(
  declared: readonly Parameter[],
  present: ReadonlyMap<string, ParameterValue>,
): readonly PanelField[] {
  return declared.map((parameter) => {
    const { name, typeText, unit, meaning, range, isRequired, secretFrom = "" } = parameter;
    const choices = choicesOf(parameter).map(typedText);
    const defaultText = isRequired || secretFrom !== "" ? "" : typedText(parameter.defaultValue);
    return {
      ...{ name, typeText, unit, meaning, isRequired, secretFrom, choices, defaultText },
      least: limit(range?.[0]),
      most: limit(range?.[1]),
      control: controlOf(parameter, choices),
      text: present.has(name) && secretFrom === "" ? typedText(present.get(name)!) : defaultText,
    };
  });
}

/** JSON knows no infinity. */
function limit(number: number | undefined): number | null {
  return number !== undefined && Number.isFinite(number) ? number : null;
}

function controlOf({ type, secretFrom }: Parameter, choices: readonly string[]): PanelField["control"] {
  if (secretFrom !== undefined) return "secret";
  if (choices.length > 0) return "select";
  if (type.kind === "boolean") return "checkbox";
  return type.kind === "number" || type.kind === "date" ? type.kind : "text";
}

/** What may be chosen: the choices of the comment, else of a type such as `"a" | "b"`. */
function choicesOf({ type, choices }: Parameter): readonly ParameterValue[] {
  if (choices !== undefined || type.kind !== "union") return choices ?? [];
  const values = type.options.flatMap((option) => (option.kind === "literal" ? [option.value] : []));
  return values.length === type.options.length ? values : [];
}

/** A value as it would be typed after `-p name=`. */
function typedText(value: ParameterValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
