// The fields of the dialog, one for each key of an address that embeds a figure.

/** @typedef {{ key: string, label: string, hint: string, text: string, options: [string, string][] }} Field */

const MOST_ROWS = 8;

/** Makes a field with its label and what one should know. @param {Field} field */
export function fieldFor({ key, label, hint, text, options }) {
  const place = document.createElement("p");
  const name = document.createElement("label");
  const field = inputFor(key, options);
  name.textContent = label;
  name.htmlFor = field.id = `embed-${key}`;
  field.name = key;
  field.value = text;
  place.append(name, field);
  if (field instanceof HTMLTextAreaElement) grow(field);
  if (!hint) return place;
  const told = Object.assign(document.createElement("small"), { id: `embed-${key}-hint`, textContent: hint });
  field.setAttribute("aria-describedby", told.id);
  place.append(told);
  return place;
}

/** @param {string} key @param {[string, string][]} options */
function inputFor(key, options) {
  if (options.length) {
    const select = document.createElement("select");
    select.append(...options.map(([value, words]) => new Option(words, value)));
    return select;
  }
  if (key === "step") return Object.assign(document.createElement("input"), { type: "number", min: "0", max: "999999" });
  const field = document.createElement("textarea");
  field.spellcheck = false;
  field.autocapitalize = "off";
  return field;
}

/** Gives a field as many lines as its text has. @param {HTMLTextAreaElement} field */
export function grow(field) {
  field.rows = Math.min(Math.max(1, field.value.split("\n").length), MOST_ROWS);
}

/** Makes the box for a part that may be left out. @param {string} part */
export function checkFor(part) {
  const label = document.createElement("label");
  const field = Object.assign(document.createElement("input"), { type: "checkbox", name: "hide", value: part });
  label.className = "embed-check";
  label.append(field, ` ${part}`);
  return label;
}
