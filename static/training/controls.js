// Fields for a declared table of settings. It tells each change as a key and a text, and knows no key.
//
// Where fields go, and in which order, the page says: <div data-keys="noise batchSize">.

import { withDecimalSign } from "../language.js";

/**
 * @typedef {{ key: string, label: string, control: "range" | "number" | "select" | "check" | "text",
 *   choices: [string, string][], min: number | null, max: number | null, step: number | null }} Field
 */

const TYPED = new Set(["text", "number"]);

export class Controls {
  /** @param {HTMLElement} element @param {(key: string, text: string) => void} changed */
  constructor(element, changed) {
    this.element = element;
    this.changed = changed;
    /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} */
    this.fields = new Map();
  }

  /** Makes the fields, once. @param {string} table JSON */
  make(table) {
    const byKey = new Map(/** @type {Field[]} */ (JSON.parse(table)).map((field) => [field.key, field]));
    for (const place of this.element.querySelectorAll("[data-keys]")) {
      const keys = (place.getAttribute("data-keys") ?? "").split(" ");
      place.replaceChildren(...keys.flatMap((key) => (byKey.has(key) ? [this.makeField(/** @type {Field} */ (byKey.get(key)))] : [])));
    }
  }

  /** @param {Field} field */
  makeField(field) {
    const element = document.createElement("div");
    const name = document.createElement("label");
    const control = field.control === "select" ? selectOf(field) : inputOf(field);
    element.className = `field ${field.control}`;
    control.id = name.htmlFor = `setting-${field.key}`;
    name.textContent = field.label;
    element.append(...(field.control === "check" ? [control, name] : [name, control]));
    if (field.control === "range") element.append(document.createElement("output"));
    const event = field.control === "range" ? "input" : "change";
    control.addEventListener(event, () => {
      this.showBeside(field.key);
      this.changed(field.key, textOf(control));
    });
    this.fields.set(field.key, control);
    return element;
  }

  /** Shows these texts; the field that is being typed into keeps its own. @param {string} values JSON: key to text */
  show(values) {
    for (const [key, text] of Object.entries(JSON.parse(values))) {
      const control = this.fields.get(key);
      if (!control || (control === document.activeElement && TYPED.has(control.type))) continue;
      if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = text === "true";
      else setText(control, text);
      this.showBeside(key);
    }
  }

  /** @param {string} keys JSON: those that have no meaning now, or that a teacher has hidden */
  hide(keys) {
    const hidden = new Set(JSON.parse(keys));
    for (const [key, control] of this.fields) {
      /** @type {HTMLElement} */ (control.closest(".field")).hidden = hidden.has(key);
    }
  }

  /**
   * Makes a check box for each field, to hide it.
   * @param {HTMLElement} place @param {string} keys JSON: those that are hidden @param {(keys: string) => void} changed
   */
  makeHiding(place, keys, changed) {
    const hidden = new Set(JSON.parse(keys));
    if (!place.children.length) {
      place.append(
        ...[...this.fields.keys()].map((key) => {
          const label = document.createElement("label");
          const box = document.createElement("input");
          label.className = "field check";
          box.type = "checkbox";
          box.value = key;
          box.addEventListener("change", () => {
            const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll(":checked"));
            changed(JSON.stringify([...boxes].map(({ value }) => value)));
          });
          label.append(box, this.nameOf(key));
          return label;
        }),
      );
    }
    for (const box of place.querySelectorAll("input")) box.checked = hidden.has(box.value);
  }

  /** @param {string} key */
  nameOf(key) {
    return this.fields.get(key)?.closest(".field")?.querySelector("label")?.textContent ?? key;
  }

  /** Goes to a field. @param {string} key */
  focus(key) {
    const control = this.fields.get(key);
    control?.scrollIntoView({ block: "center" });
    control?.focus();
  }

  /** @param {string} key */
  showBeside(key) {
    const control = this.fields.get(key);
    const output = control?.parentElement?.querySelector("output");
    if (control && output) output.textContent = withDecimalSign(control.value);
  }
}

/** @param {Field} field */
function selectOf({ choices }) {
  const select = document.createElement("select");
  select.append(...choices.map(([value, text]) => new Option(text, value)));
  return select;
}

/** @param {Field} field */
function inputOf({ control, min, max, step }) {
  const input = document.createElement("input");
  input.type = control === "check" ? "checkbox" : control;
  if (min !== null) input.min = String(min);
  if (max !== null) input.max = String(max);
  if (control === "range" || control === "number") input.step = step === null ? "any" : String(step);
  if (control === "text") Object.assign(input, { autocomplete: "off", spellcheck: false });
  return input;
}

/** @param {HTMLInputElement | HTMLSelectElement} control */
function textOf(control) {
  return control instanceof HTMLInputElement && control.type === "checkbox" ? String(control.checked) : control.value;
}

/** A number that is no choice becomes one. @param {HTMLInputElement | HTMLSelectElement} control @param {string} text */
function setText(control, text) {
  control.value = text;
  if (control instanceof HTMLSelectElement && control.value !== text) {
    control.append(new Option(text, text));
    control.value = text;
  }
}

/** @param {HTMLElement} element @param {(key: string, text: string) => void} changed */
export function createControls(element, changed) {
  return new Controls(element, changed);
}
