/** What an element is made of besides its name. */
export interface ElementParts {
  readonly class?: string;
  /** Text is text: it is never read as HTML. */
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element with its children. */
export function makeElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  parts: ElementParts = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (parts.class !== undefined) made.className = parts.class;
  if (parts.text !== undefined) made.textContent = parts.text;
  for (const [key, value] of Object.entries(parts.attributes ?? {})) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A button with a plain label. */
export function makeButton(label: string, press: () => void): HTMLButtonElement {
  const button = makeElement("button", {
    class: "segbook-button",
    text: label,
    attributes: { type: "button" },
  });
  button.addEventListener("click", press);
  return button;
}
